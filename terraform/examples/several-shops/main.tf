# Two shops in one Google Cloud project, each with a Klaviyo account of its own. A name apart keeps everything apart; a
# provider cannot be chosen by for_each, so each shop is a block.

locals {
  common = {
    project_id   = "my-project"
    region       = "europe-west1"
    alert_emails = ["shop-operations@example.org"]
  }
}

module "germany" {
  source    = "../.."
  providers = { commercetools = commercetools.germany }

  name         = "klaviyo-sync-de"
  project_id   = local.common.project_id
  region       = local.common.region
  source_zip   = var.source_zip
  alert_emails = local.common.alert_emails

  commercetools_project_key = "my-shop-de"
  commercetools_api_url     = "https://api.europe-west1.gcp.commercetools.com"
  klaviyo_auth_key_secret   = { name = "klaviyo-auth-key-de", version = "1" }
  preferred_locale          = "de-DE"
}

module "britain" {
  source    = "../.."
  providers = { commercetools = commercetools.britain }

  name         = "klaviyo-sync-gb"
  project_id   = local.common.project_id
  region       = local.common.region
  source_zip   = var.source_zip
  alert_emails = local.common.alert_emails

  commercetools_project_key = "my-shop-gb"
  commercetools_api_url     = "https://api.europe-west1.gcp.commercetools.com"
  klaviyo_auth_key_secret   = { name = "klaviyo-auth-key-gb", version = "1" }
  preferred_locale          = "en-GB"
}
