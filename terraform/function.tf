locals {
  environment = {
    CT_API_URL            = var.commercetools_api_url
    CT_AUTH_URL           = coalesce(var.commercetools_auth_url, replace(var.commercetools_api_url, "https://api.", "https://auth."))
    CT_PROJECT_ID         = var.commercetools_project_key
    CT_SCOPE              = join(" ", local.scopes)
    PRODUCT_URL_TEMPLATE  = var.product_url_template
    PREFERRED_LOCALE      = var.preferred_locale
    PREFERRED_CURRENCY    = var.preferred_currency
    LOG_LEVEL             = var.log_level
    KLAVIYO_SYNC_SETTINGS = length(keys(var.settings)) == 0 ? null : jsonencode(var.settings)
    GOOGLE_CLOUD_PROJECT  = var.project_id
  }
}

locals {
  # What `npm run package` says of the files that it wrote; it is believed of these very files only.
  built = try(jsondecode(file("${dirname(var.source_zip)}/version.json")), null)

  version_labels = { for program, path in { function = var.source_zip, history = local.history_program } : program => try({
    for label, value in local.built.labels : label => value if contains(values(local.built.files), filesha256(path))
  }, {}) }
}

resource "google_storage_bucket" "source" {
  project                     = var.project_id
  name                        = "${var.project_id}-${var.name}-source"
  location                    = var.region
  labels                      = var.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true
  depends_on                  = [google_project_service.needed]
}

# Named by its contents: the same zip is no change, another zip is a new deployment, an old zip a way back.
resource "google_storage_bucket_object" "source" {
  bucket = google_storage_bucket.source.name
  name   = "${filesha256(var.source_zip)}.zip"
  source = var.source_zip

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_cloudfunctions2_function" "sync" {
  for_each = local.lanes

  project     = var.project_id
  location    = var.region
  name        = each.value.name
  description = "Syncs customers, orders and the catalog from commercetools to Klaviyo."
  labels      = merge(var.labels, local.version_labels.function)

  build_config {
    runtime         = "nodejs24"
    entry_point     = "syncToKlaviyo"
    service_account = local.build_account_id

    source {
      storage_source {
        bucket = google_storage_bucket.source.name
        object = google_storage_bucket_object.source.name
      }
    }

    # Google patches the runtime without a deployment.
    automatic_update_policy {}
  }

  service_config {
    service_account_email            = google_service_account.runtime.email
    ingress_settings                 = "ALLOW_INTERNAL_ONLY" # Pub/Sub and Eventarc of this project count as internal
    available_cpu                    = "1"                   # less would allow one message at a time only
    available_memory                 = each.value.memory
    max_instance_request_concurrency = each.value.concurrency
    min_instance_count               = each.value.min_instances
    max_instance_count               = each.value.max_instances
    timeout_seconds                  = var.timeout_seconds
    vpc_connector                    = var.vpc_connector
    vpc_connector_egress_settings    = var.vpc_connector == null ? null : "ALL_TRAFFIC"
    environment_variables            = { for key, value in local.environment : key => value if value != null }

    dynamic "secret_environment_variables" {
      for_each = local.secrets

      content {
        key        = secret_environment_variables.key
        project_id = var.project_id
        secret     = secret_environment_variables.value.name
        version    = secret_environment_variables.value.version
      }
    }
  }

  depends_on = [google_secret_manager_secret_iam_member.runtime, terraform_data.build_roles_known]
}

# The only invoker there is.
resource "google_cloud_run_v2_service_iam_member" "push" {
  for_each = local.lanes

  project  = var.project_id
  location = var.region
  name     = google_cloudfunctions2_function.sync[each.key].name
  role     = "roles/run.invoker"
  member   = google_service_account.push.member
}
