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
