# The least there is to say: whose shop, whose key, whom to tell.
# Credentials come from the environment: gcloud auth application-default login, and CTP_CLIENT_ID, CTP_CLIENT_SECRET,
# CTP_PROJECT_KEY, CTP_SCOPES, CTP_API_URL and CTP_AUTH_URL for commercetools.

module "klaviyo_sync" {
  source = "../.."

  project_id = "my-project"
  region     = "europe-west1"
  source_zip = var.source_zip

  commercetools_project_key = "my-shop"
  commercetools_api_url     = "https://api.europe-west1.gcp.commercetools.com"
  klaviyo_auth_key_secret   = { name = "klaviyo-auth-key", version = "1" }

  alert_emails = ["shop-operations@example.org"]
}
