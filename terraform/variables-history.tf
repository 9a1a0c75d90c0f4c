# The jobs that write what is older than the deployment, and compare the two systems.

variable "backfill" {
  description = "A job that writes the history to Klaviyo; it is started by hand. {} for all of it. only, since and phones are options of `npm run backfill`, args takes any other. null: no job."
  type        = object({ only = optional(set(string), []), since = optional(string), phones = optional(bool, false), args = optional(list(string), []), memory = optional(string, "1Gi") })
  default     = null

  validation {
    condition     = length(setsubtract(try(var.backfill.only, []), ["categories", "products", "customers", "orders"])) == 0
    error_message = "backfill.only knows categories, products, customers and orders: name those that you want, or leave it out for all."
  }

  validation {
    condition     = try(var.backfill.since, null) == null || can(regex("^([1-9][0-9]*[dh]|[0-9]{4}-[0-9]{2}-[0-9]{2}(T\\S+)?)$", var.backfill.since))
    error_message = "backfill.since must be a day such as 2024-01-01, or a time span back such as 365d: leave it out for all of the history."
  }

  validation {
    condition     = var.backfill == null || can(regex("^[1-9][0-9]*(M|Mi|G|Gi)$", var.backfill.memory))
    error_message = "backfill.memory must be a number and M, Mi, G or Gi: 1Gi does for any size of shop."
  }
}

variable "reconcile" {
  description = "A job that compares the two systems by a schedule (cron, UTC), and an alert for what it finds: {} for the last two days, every night. only, since and repair are options of `npm run reconcile`, args takes any other. null: no job."
  type        = object({ schedule = optional(string, "0 3 * * *"), only = optional(set(string), []), since = optional(string, "2d"), repair = optional(bool, false), args = optional(list(string), []), memory = optional(string, "1Gi") })
  default     = null

  validation {
    condition     = var.reconcile == null || can(regex("^(\\S+ ){4}\\S+$", var.reconcile.schedule))
    error_message = "reconcile.schedule must have the five fields of cron, such as \"0 3 * * *\" for three in the night (UTC)."
  }

  validation {
    condition     = length(setsubtract(try(var.reconcile.only, []), ["categories", "products", "customers", "orders"])) == 0
    error_message = "reconcile.only knows categories, products, customers and orders: name those that you want, or leave it out for all."
  }

  validation {
    condition     = var.reconcile == null || can(regex("^([1-9][0-9]*[dh]|[0-9]{4}-[0-9]{2}-[0-9]{2}(T\\S+)?)$", var.reconcile.since))
    error_message = "reconcile.since must be a time span back such as 2d, or a day such as 2024-01-01: take more than lies between two runs, so that they overlap."
  }

  validation {
    condition     = var.reconcile == null || can(regex("^[1-9][0-9]*(M|Mi|G|Gi)$", var.reconcile.memory))
    error_message = "reconcile.memory must be a number and M, Mi, G or Gi: 1Gi does for any size of shop."
  }
}

variable "history_program" {
  description = "Path of the program of both jobs, built by `npm run package`. Unset: history.cjs beside source_zip."
  type        = string
  default     = null

  validation {
    condition     = (var.backfill == null && var.reconcile == null) || fileexists(coalesce(var.history_program, "${dirname(var.source_zip)}/history.cjs"))
    error_message = "history_program does not exist: run `npm ci && npm run package`, then give the path of build/history.cjs."
  }
}

variable "history_image" {
  description = "Image that the program of both jobs is run in; all that it needs is Node 24. Give another where Docker Hub is not allowed."
  type        = string
  default     = "docker.io/library/node:24-slim"
}
