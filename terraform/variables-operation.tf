# How messages arrive and are retried, and who is told when they are not.

variable "trigger" {
  description = "How messages reach the function: \"push\" (a Pub/Sub push subscription) or \"eventarc\"."
  type        = string
  default     = "push"

  validation {
    condition     = contains(["push", "eventarc"], var.trigger)
    error_message = "trigger must be \"push\" or \"eventarc\": take push unless you have a reason not to."
  }
}

variable "ack_deadline_seconds" {
  description = "How long Pub/Sub waits for an answer, in seconds."
  type        = number
  default     = 90

  validation {
    condition     = var.ack_deadline_seconds >= var.timeout_seconds && var.ack_deadline_seconds <= 600
    error_message = "ack_deadline_seconds must be at least timeout_seconds, or a message is delivered again while it is still worked on, and 600 at most: raise it, or lower timeout_seconds."
  }
}

variable "max_delivery_attempts" {
  description = "Attempts before a message goes to the dead-letter topic; 100 are about 16 hours, see \"The retry window\"."
  type        = number
  default     = 100

  validation {
    condition     = var.max_delivery_attempts >= 5 && var.max_delivery_attempts <= 100 && floor(var.max_delivery_attempts) == var.max_delivery_attempts
    error_message = "max_delivery_attempts must be a whole number from 5 to 100, which is what Pub/Sub takes: 100 keep trying for about 16 hours."
  }
}

variable "min_backoff_seconds" {
  description = "Pause after the first failed attempt, in seconds."
  type        = number
  default     = 10

  validation {
    condition     = var.min_backoff_seconds >= 1 && var.min_backoff_seconds <= 600
    error_message = "min_backoff_seconds must be 1 to 600: 10 suits Klaviyo's rate limits."
  }
}

variable "max_backoff_seconds" {
  description = "Longest pause between two attempts, in seconds."
  type        = number
  default     = 600

  validation {
    condition     = var.max_backoff_seconds >= var.min_backoff_seconds && var.max_backoff_seconds <= 600
    error_message = "max_backoff_seconds must be from min_backoff_seconds to 600: 600 gives the longest retry window."
  }
}

variable "tick_minutes" {
  description = "Minutes from one tick to the next of each schedule, which settings.checkouts.urlTemplate (carts) and settings.prices.watchDates (prices) have made."
  type        = number
  default     = 5

  validation {
    condition     = contains([1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30], var.tick_minutes)
    error_message = "tick_minutes must be 1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30, which an hour is made of: take 5, or less where ten minutes have thousands of carts or prices."
  }
}

variable "alert_emails" {
  description = "Addresses that get the alerts; a notification channel is made for each."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.alert_emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", address))])
    error_message = "alert_emails holds something that is not an e-mail address: for Slack, PagerDuty and others make a channel in Cloud Monitoring and give it in notification_channels."
  }
}

variable "notification_channels" {
  description = "Names of existing notification channels (projects/P/notificationChannels/N) that get the alerts too."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.notification_channels : can(regex("^projects/[^/]+/notificationChannels/[^/]+$", name))])
    error_message = "notification_channels takes full names: projects/P/notificationChannels/N, from `gcloud beta monitoring channels list --format='value(name)'`."
  }
}

variable "alert_oldest_message_seconds" {
  description = "Alert when a message has waited this long, in seconds."
  type        = number
  default     = 3600

  validation {
    condition     = var.alert_oldest_message_seconds >= 60
    error_message = "alert_oldest_message_seconds must be 60 or more, as the metric has a point a minute: 3600 tells of a message an hour late."
  }
}

variable "alert_error_ratio" {
  description = "Alert when this share of attempts has failed for a quarter of an hour."
  type        = number
  default     = 0.2

  validation {
    condition     = var.alert_error_ratio > 0 && var.alert_error_ratio < 1
    error_message = "alert_error_ratio is a share between 0 and 1: write 0.2 for 20 %."
  }
}

variable "alert_dead_letter_days" {
  description = "Alert when a dead letter has waited this many days of the 31 that it is kept."
  type        = number
  default     = 24

  validation {
    condition     = var.alert_dead_letter_days >= 1 && var.alert_dead_letter_days <= 30
    error_message = "alert_dead_letter_days must be 1 to 30, as a dead letter is deleted after 31: 24 leaves a week."
  }
}

variable "alert_silence_seconds" {
  description = "Alert when commercetools, having published before, has published nothing for this long, in seconds. null: never."
  type        = number
  default     = 84600

  validation {
    condition     = var.alert_silence_seconds == null || try(var.alert_silence_seconds >= 3600 && var.alert_silence_seconds <= 84600, false)
    error_message = "alert_silence_seconds must be 3600 to 84600 (23.5 hours, the most that Cloud Monitoring takes), or null where a quiet day is nothing unusual."
  }
}

variable "build_service_account" {
  description = "E-mail of a service account that may build functions in this project. Unset: Terraform makes one with the three roles a build needs."
  type        = string
  default     = null

  validation {
    condition     = var.build_service_account == null || can(regex("^[^@/]+@[^@/]+\\.gserviceaccount\\.com$", var.build_service_account))
    error_message = "build_service_account must be an e-mail such as builder@PROJECT.iam.gserviceaccount.com: take it from `gcloud iam service-accounts list`, or leave it out."
  }
}

variable "enable_apis" {
  description = "Switch on the Google APIs that are needed. false where somebody else does that."
  type        = bool
  default     = true
}
