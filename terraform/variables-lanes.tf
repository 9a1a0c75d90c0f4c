# How many lanes there are, and what the second one runs on.

variable "lanes" {
  description = "1: one topic and function for everything. 2: categories, products, prices, stock and reviews have theirs, and no order waits behind them."
  type        = number
  default     = 1

  validation {
    condition     = contains([1, 2], var.lanes)
    error_message = "lanes must be 1 or 2: take 2 where prices or stock change by the thousand."
  }
}

variable "catalog_lane" {
  description = "With lanes = 2: what the second lane runs on, memory like the first unless set; after how long a quiet catalog is an alert, never unless set; and drain, for the way back to one lane."
  type        = object({ memory = optional(string), concurrency = optional(number, 10), min_instances = optional(number, 0), max_instances = optional(number, 2), alert_silence_seconds = optional(number), drain = optional(bool, false) })
  default     = {}
  nullable    = false

  validation {
    condition     = var.catalog_lane.memory == null || can(regex("^[1-9][0-9]*(M|Mi|G|Gi)$", var.catalog_lane.memory))
    error_message = "catalog_lane.memory must be a number and M, Mi, G or Gi: write it like 512Mi, or leave it out for that of the first lane."
  }

  validation {
    condition     = var.catalog_lane.concurrency >= 1 && var.catalog_lane.concurrency <= 1000 && floor(var.catalog_lane.concurrency) == var.catalog_lane.concurrency
    error_message = "catalog_lane.concurrency must be a whole number from 1 to 1000: 10 suit what Klaviyo takes of a catalog."
  }

  validation {
    condition     = var.catalog_lane.min_instances >= 0 && floor(var.catalog_lane.min_instances) == var.catalog_lane.min_instances
    error_message = "catalog_lane.min_instances must be a whole number, 0 or more: a change of the catalog can wait for a cold start."
  }

  validation {
    condition     = var.catalog_lane.max_instances >= max(1, var.catalog_lane.min_instances) && floor(var.catalog_lane.max_instances) == var.catalog_lane.max_instances
    error_message = "catalog_lane.max_instances must be a whole number, 1 or more and no less than its min_instances: 2 make full use of what Klaviyo takes of a catalog."
  }

  validation {
    condition     = var.catalog_lane.alert_silence_seconds == null || try(var.catalog_lane.alert_silence_seconds >= 3600 && var.catalog_lane.alert_silence_seconds <= 84600, false)
    error_message = "catalog_lane.alert_silence_seconds must be 3600 to 84600 (23.5 hours, the most that Cloud Monitoring takes): leave it out where a catalog may rest for a day."
  }
}
