# A shop that sells all day: no secret in the state, no cold starts, somebody on call, Klaviyo told what to sync and how.
# Keep the state where it is shared, locked and versioned: terraform { backend "gcs" { bucket = …, prefix = … } }.

module "klaviyo_sync" {
  source = "../.."

  project_id = "my-project"
  region     = "europe-west1"
  source_zip = var.source_zip
  labels     = { team = "shop", environment = "production" }

  commercetools_project_key = "my-shop"
  commercetools_api_url     = "https://api.europe-west1.gcp.commercetools.com"

  # Both made by hand, so that Terraform knows their names only.
  commercetools_client_secret = { name = "commercetools-client", version = "1" }
  klaviyo_auth_key_secret     = { name = "klaviyo-auth-key", version = "1" }

  product_url_template = "https://shop.example.org/{{locale}}/p/{{productSlug}}"
  preferred_locale     = "en-GB"
  preferred_currency   = "EUR"

  # Stock is not shown in this shop's mails.
  sync = { inventory-entry = false }

  # Prices change by the thousand at night, and no order waits behind them.
  lanes = 2

  # A sale: few instances that work on much at once, so that their events travel together.
  min_instances = 1
  max_instances = 2
  concurrency   = 80

  # PagerDuty, made in Cloud Monitoring.
  notification_channels        = ["projects/my-project/notificationChannels/1234567890"]
  alert_emails                 = ["shop-operations@example.org"]
  alert_oldest_message_seconds = 1800
}
