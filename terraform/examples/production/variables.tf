variable "source_zip" {
  description = "Path of the function's zip, seen from here."
  type        = string
  default     = "../../../build/function.zip"
}
