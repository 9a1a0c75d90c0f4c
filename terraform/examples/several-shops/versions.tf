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

# A client for each shop, never in a file: TF_VAR_clients='{"germany":{"id":"…","secret":"…","scope":"…"}, …}'.
provider "commercetools" {
  alias         = "germany"
  project_key   = "my-shop-de"
  client_id     = var.clients.germany.id
  client_secret = var.clients.germany.secret
  scopes        = var.clients.germany.scope
  api_url       = "https://api.europe-west1.gcp.commercetools.com"
  token_url     = "https://auth.europe-west1.gcp.commercetools.com"
}

provider "commercetools" {
  alias         = "britain"
  project_key   = "my-shop-gb"
  client_id     = var.clients.britain.id
  client_secret = var.clients.britain.secret
  scopes        = var.clients.britain.scope
  api_url       = "https://api.europe-west1.gcp.commercetools.com"
  token_url     = "https://auth.europe-west1.gcp.commercetools.com"
}
