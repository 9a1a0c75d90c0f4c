# A secret given from outside is known here by its name and version only. The client that Terraform makes is in the state
# as the provider's own attribute; give one from outside to keep it out.

locals {
  make_client = var.commercetools_client_secret == null

  secrets = {
    KLAVIYO_AUTH_KEY = var.klaviyo_auth_key_secret
    CT_API_CLIENT = local.make_client ? {
      name    = one(google_secret_manager_secret.commercetools_client[*].secret_id)
      version = one(google_secret_manager_secret_version.commercetools_client[*].version)
    } : var.commercetools_client_secret
  }
}

resource "google_secret_manager_secret" "commercetools_client" {
  count = local.make_client ? 1 : 0

  project    = var.project_id
  secret_id  = "${var.name}-commercetools-client"
  labels     = var.labels
  depends_on = [google_project_service.needed]

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
}

resource "google_secret_manager_secret_version" "commercetools_client" {
  count = local.make_client ? 1 : 0

  secret = google_secret_manager_secret.commercetools_client[0].id
  # Written, never read back: this resource leaves no second copy in the state.
  secret_data_wo = jsonencode({
    clientId = commercetools_api_client.sync[0].id
    secret   = commercetools_api_client.sync[0].secret
  })
  secret_data_wo_version = 1

  lifecycle {
    # A new client is a new version; the function moves to it before the old one goes.
    replace_triggered_by  = [commercetools_api_client.sync]
    create_before_destroy = true
  }
}

resource "google_secret_manager_secret_iam_member" "runtime" {
  for_each = local.secrets

  project   = var.project_id
  secret_id = each.value.name
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.runtime.member
}
