# What an organisation may demand: a key of its own, a network of its own.

variable "kms_key" {
  description = "Cloud KMS key that encrypts the stored messages, as projects/P/locations/L/keyRings/R/cryptoKeys/K. Unset: Google's own key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key == null || can(regex("^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$", var.kms_key))
    error_message = "kms_key takes a full name: projects/P/locations/L/keyRings/R/cryptoKeys/K, from `gcloud kms keys list --keyring=R --location=L --format='value(name)'`."
  }
}

variable "vpc_connector" {
  description = "Serverless VPC Access connector that every call of the function leaves through, as projects/P/locations/L/connectors/C. Unset: the internet directly."
  type        = string
  default     = null

  validation {
    condition     = var.vpc_connector == null || can(regex("^projects/[^/]+/locations/[^/]+/connectors/[^/]+$", var.vpc_connector))
    error_message = "vpc_connector takes a full name: projects/P/locations/L/connectors/C, from `gcloud compute networks vpc-access connectors list --region=L --format='value(name)'`."
  }
}
