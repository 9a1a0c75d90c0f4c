# What the function is told (its environment variables) and what it runs on.

variable "product_url_template" {
  description = "PRODUCT_URL_TEMPLATE: a product's page in the shop, such as https://shop.example.org/{{locale}}/p/{{productSlug}}."
  type        = string
  default     = null

  validation {
    condition     = var.product_url_template == null || can(regex("^https?://", var.product_url_template))
    error_message = "product_url_template must begin with https:// and hold placeholders such as {{productSlug}}: write the whole address of a product's page."
  }
}

variable "preferred_locale" {
  description = "PREFERRED_LOCALE: the language of names in Klaviyo, such as en-GB."
  type        = string
  default     = null

  validation {
    condition     = var.preferred_locale == null || can(regex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", var.preferred_locale))
    error_message = "preferred_locale must be a language tag such as en or de-DE (a hyphen, no underscore): take one of the project's languages."
  }
}

variable "preferred_currency" {
  description = "PREFERRED_CURRENCY: the currency of catalog prices, such as EUR."
  type        = string
  default     = null

  validation {
    condition     = var.preferred_currency == null || can(regex("^[A-Z]{3}$", var.preferred_currency))
    error_message = "preferred_currency must be three capital letters such as EUR: take one of the project's currencies."
  }
}

variable "log_level" {
  description = "LOG_LEVEL: trace, debug, info, warn, error or fatal. Above info the dashboard's throughput stays empty."
  type        = string
  default     = null

  validation {
    condition     = var.log_level == null || contains(["trace", "debug", "info", "warn", "error", "fatal"], coalesce(var.log_level, "-"))
    error_message = "log_level must be trace, debug, info, warn, error or fatal: choose one, or leave it out for info."
  }
}

variable "settings" {
  description = "KLAVIYO_SYNC_SETTINGS: what to sync and how, as an object; see the settings table in the project's README."
  type        = any
  default     = {}

  validation {
    condition     = can(keys(var.settings))
    error_message = "settings must be an object such as { orders = { fulfilledStates = [\"Complete\"] } }: give an HCL object, or jsondecode(file(\"settings.json\")), not a string."
  }

  # The function refuses what it does not know, deeper down too, but says so only when it starts.
  validation {
    condition = length(setsubtract(try(keys(var.settings), []), [
      "$schema", "handlers", "locale", "productUrlTemplate", "stores", "customers", "consent", "orders", "checkouts", "events", "metrics",
      "prices", "catalog", "reviews", "deadLetters", "limits",
    ])) == 0
    error_message = "settings has a key that the function does not know, and would not start with: the settings table in the project's README has those that there are."
  }
}

variable "memory" {
  description = "Memory of an instance."
  type        = string
  default     = "1Gi"

  validation {
    condition     = can(regex("^[1-9][0-9]*(M|Mi|G|Gi)$", var.memory))
    error_message = "memory must be a number and M, Mi, G or Gi: write it like 512Mi."
  }
}

variable "concurrency" {
  description = "Messages an instance works on at the same time."
  type        = number
  default     = 40

  validation {
    condition     = var.concurrency >= 1 && var.concurrency <= 1000 && floor(var.concurrency) == var.concurrency
    error_message = "concurrency must be a whole number from 1 to 1000: what an instance works on at once goes to Klaviyo together, so many in few instances are better than few in many."
  }
}

variable "min_instances" {
  description = "Instances kept running. 0 costs nothing at rest and adds a cold start of some seconds."
  type        = number
  default     = 0

  validation {
    condition     = var.min_instances >= 0 && floor(var.min_instances) == var.min_instances
    error_message = "min_instances must be a whole number, 0 or more: 0 lets the function sleep, 1 avoids cold starts."
  }
}

variable "max_instances" {
  description = "Most instances at a time. With concurrency this bounds the calls to Klaviyo."
  type        = number
  default     = 3

  validation {
    condition     = var.max_instances >= 1 && floor(var.max_instances) == var.max_instances
    error_message = "max_instances must be a whole number, 1 or more: concurrency × max_instances is what Klaviyo sees at once."
  }

  validation {
    condition     = var.max_instances >= var.min_instances
    error_message = "max_instances is less than min_instances: raise the one or lower the other."
  }
}

variable "timeout_seconds" {
  description = "Longest time of an attempt, in seconds."
  type        = number
  default     = 60

  validation {
    condition     = var.timeout_seconds <= 600
    error_message = "timeout_seconds must be 600 or less, as Pub/Sub waits no longer: 60 is ample."
  }

  validation {
    condition     = var.timeout_seconds > try(var.settings.limits.attemptSeconds, 50)
    error_message = "timeout_seconds must be more than settings.limits.attemptSeconds (50 if not set), after which the function gives an attempt up and says why: raise the one or lower the other."
  }
}
