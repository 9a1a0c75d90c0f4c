variable "source_zip" {
  description = "Path of the function's zip, seen from here."
  type        = string
  default     = "../../../build/function.zip"
}

variable "clients" {
  description = "Terraform's own API client of each shop."
  type        = map(object({ id = string, secret = string, scope = string }))
  sensitive   = true
}
