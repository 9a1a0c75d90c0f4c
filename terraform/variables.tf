# What the shop, the accounts and the secrets are. How it runs: variables-operation.tf.

variable "project_id" {
  description = "Google Cloud project to deploy to."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id is not a project id: take PROJECT_ID (not the name, not the number) from `gcloud projects list`."
  }
}

variable "region" {
  description = "Region of the function, the bucket and the stored messages."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region is not a region such as europe-west1: choose one from `gcloud functions regions list --gen2`, near your commercetools region."
  }
}

variable "name" {
  description = "Name of the function and prefix of everything else."
  type        = string
  default     = "klaviyo-sync"

  validation {
    # The longest name made of it is a service account's: 30 characters with "-runtime".
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}[a-z0-9]$", var.name))
    error_message = "name must have 3 to 22 lowercase letters, digits and hyphens, start with a letter and not end with a hyphen: shorten or rewrite it."
  }
}

variable "labels" {
  description = "Labels for every resource that takes some."
  type        = map(string)
  default     = {}
}

variable "source_zip" {
  description = "Path of the function's zip, built by `npm run package`."
  type        = string

  validation {
    condition     = fileexists(var.source_zip)
    error_message = "source_zip does not exist: run `npm ci && npm run package`, then give the path of build/function.zip."
  }
}

variable "commercetools_project_key" {
  description = "Key of the commercetools project."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{2,36}$", var.commercetools_project_key))
    error_message = "commercetools_project_key is not a project key: take it from Merchant Center, Settings, Project settings (2 to 36 letters, digits, _ and -)."
  }
}

variable "commercetools_api_url" {
  description = "URL of the commercetools API in the project's region, such as https://api.europe-west1.gcp.commercetools.com."
  type        = string

  validation {
    condition     = can(regex("^https://[^/]+$", var.commercetools_api_url))
    error_message = "commercetools_api_url must be https and a host, with nothing after it: https://api.REGION.commercetools.com, with the REGION of your project."
  }
}

variable "commercetools_auth_url" {
  description = "URL of the commercetools token service. Unset: commercetools_api_url with auth. for api."
  type        = string
  default     = null

  validation {
    condition     = var.commercetools_auth_url == null || can(regex("^https://[^/]+$", var.commercetools_auth_url))
    error_message = "commercetools_auth_url must be https and a host, with nothing after it, such as https://auth.REGION.commercetools.com: correct it, or leave it out."
  }

  validation {
    condition     = var.commercetools_auth_url != null || startswith(var.commercetools_api_url, "https://api.")
    error_message = "commercetools_auth_url cannot be told from an API URL that does not begin with https://api.: give commercetools_auth_url as well."
  }
}

variable "klaviyo_auth_key_secret" {
  description = "Secret Manager secret with Klaviyo's private API key: its name in this project and the version to use."
  type        = object({ name = string, version = string })

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,255}$", var.klaviyo_auth_key_secret.name))
    error_message = "klaviyo_auth_key_secret.name must be the secret's short name, not its path and not the key itself: store the key with `gcloud secrets create NAME --data-file=-` and give NAME."
  }

  validation {
    condition     = can(regex("^[1-9][0-9]*$", var.klaviyo_auth_key_secret.version))
    error_message = "klaviyo_auth_key_secret.version must be a number such as \"1\", so that a new key is a change one can see and take back: look it up with `gcloud secrets versions list NAME`."
  }
}

variable "commercetools_client_secret" {
  description = "Secret Manager secret with an API client as JSON {\"clientId\",\"secret\"}: its name and version. Unset: Terraform makes the client and the secret."
  type        = object({ name = string, version = string })
  default     = null

  validation {
    condition     = var.commercetools_client_secret == null || can(regex("^[a-zA-Z0-9_-]{1,255}$", var.commercetools_client_secret.name))
    error_message = "commercetools_client_secret.name must be the secret's short name, not its path and not the JSON itself: store the JSON with `gcloud secrets create NAME --data-file=-` and give NAME."
  }

  validation {
    condition     = var.commercetools_client_secret == null || can(regex("^[1-9][0-9]*$", var.commercetools_client_secret.version))
    error_message = "commercetools_client_secret.version must be a number such as \"1\", so that a new client is a change one can see and take back: look it up with `gcloud secrets versions list NAME`."
  }
}

variable "sync" {
  description = "What commercetools reports, each on unless switched off, such as { payment = false }: customer, order, payment, category, product, standalone-price, inventory-entry, review."
  type        = map(bool)
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.sync), keys(local.subscriptions))) == 0
    error_message = "sync knows only ${join(", ", keys(local.subscriptions))}: remove or correct ${join(", ", setsubtract(keys(var.sync), keys(local.subscriptions)))}."
  }

  validation {
    condition     = alltrue([for on in values(var.sync) : on != null])
    error_message = "sync takes true or false: write false to switch a resource type off, or leave it out."
  }
}
