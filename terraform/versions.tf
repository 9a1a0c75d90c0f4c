terraform {
  # 1.11: a validation may look at other inputs, and a secret's value is written without being kept in the state.
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
