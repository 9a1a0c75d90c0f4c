# For each shop all that an operator asks for: `terraform output -json germany`.

output "germany" {
  value = module.germany
}

output "britain" {
  value = module.britain
}
