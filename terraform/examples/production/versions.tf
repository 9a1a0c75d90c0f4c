terraform {
  required_version = ">= 1.11"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.50, < 8.0"
    }
    commercetools = {
      source  = "labd/commercetools"
      version = "~> 1.22"
    }
  }
}

provider "google" {
  project = "my-project"
  region  = "europe-west1"
}

# client_id, client_secret and scopes come from CTP_CLIENT_ID, CTP_CLIENT_SECRET and CTP_SCOPES, never from a file.
provider "commercetools" {
  project_key = "my-shop"
  api_url     = "https://api.europe-west1.gcp.commercetools.com"
  token_url   = "https://auth.europe-west1.gcp.commercetools.com"
}
