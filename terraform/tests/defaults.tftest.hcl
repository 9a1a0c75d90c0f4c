# What one gets for the required inputs alone.

mock_provider "google" {
  source          = "./tests/mocks"
  override_during = plan
}

mock_provider "commercetools" {
  override_during = plan
}

variables {
  project_id                = "shop-project"
  region                    = "europe-west1"
  source_zip                = "versions.tf" # any file does: only its hash is looked at
  commercetools_project_key = "shop"
  commercetools_api_url     = "https://api.europe-west1.gcp.commercetools.com"
  klaviyo_auth_key_secret   = { name = "klaviyo-auth-key", version = "3" }
}

override_resource {
  target          = google_service_account.runtime
  override_during = plan
  values = {
    email  = "runtime@shop-project.iam.gserviceaccount.com"
    member = "serviceAccount:runtime@shop-project.iam.gserviceaccount.com"
  }
}

override_resource {
  target          = google_service_account.push
  override_during = plan
  values = {
    email  = "push@shop-project.iam.gserviceaccount.com"
    member = "serviceAccount:push@shop-project.iam.gserviceaccount.com"
  }
}

override_resource {
  target          = google_pubsub_topic.dead_letter
  override_during = plan
  values          = { id = "projects/shop-project/topics/klaviyo-sync-dead-letter" }
}

run "function" {
  command = plan

  assert {
    condition = alltrue([
      google_cloudfunctions2_function.sync["orders"].build_config[0].runtime == "nodejs24",
      google_cloudfunctions2_function.sync["orders"].build_config[0].entry_point == "syncToKlaviyo",
      google_cloudfunctions2_function.sync["orders"].build_config[0].source[0].storage_source[0].object == "${filesha256("versions.tf")}.zip",
    ])
    error_message = "The function is built from a zip that is named by its hash, for Node 24."
  }

  assert {
    condition = alltrue([
      google_cloudfunctions2_function.sync["orders"].service_config[0].ingress_settings == "ALLOW_INTERNAL_ONLY",
      google_cloudfunctions2_function.sync["orders"].service_config[0].service_account_email == "runtime@shop-project.iam.gserviceaccount.com",
      google_cloudfunctions2_function.sync["orders"].service_config[0].timeout_seconds == 60,
      google_cloudfunctions2_function.sync["orders"].service_config[0].max_instance_request_concurrency == 40,
      google_cloudfunctions2_function.sync["orders"].service_config[0].min_instance_count == 0,
      google_cloudfunctions2_function.sync["orders"].service_config[0].max_instance_count == 3,
    ])
    error_message = "The function is internal, runs as its own account, and stays within bounds."
  }

  assert {
    condition = google_cloudfunctions2_function.sync["orders"].service_config[0].environment_variables == tomap({
      CT_API_URL           = "https://api.europe-west1.gcp.commercetools.com"
      CT_AUTH_URL          = "https://auth.europe-west1.gcp.commercetools.com"
      CT_PROJECT_ID        = "shop"
      CT_SCOPE             = "view_customers:shop view_orders:shop view_payments:shop view_products:shop view_published_products:shop view_standalone_prices:shop view_types:shop view_customer_groups:shop view_discount_codes:shop"
      GOOGLE_CLOUD_PROJECT = "shop-project"
    })
    error_message = "The environment holds the required variables and none of the optional ones."
  }

  assert {
    condition     = toset(google_cloudfunctions2_function.sync["orders"].service_config[0].secret_environment_variables[*].key) == toset(["CT_API_CLIENT", "KLAVIYO_AUTH_KEY"])
    error_message = "Two variables come from Secret Manager."
  }
}

run "every_optional_variable" {
  command = plan

  variables {
    commercetools_auth_url = "https://login.shop.example.org"
    product_url_template   = "https://shop.example.org/p/{{productSlug}}"
    preferred_locale       = "de-DE"
    preferred_currency     = "EUR"
    log_level              = "debug"
    settings               = { orders = { fulfilledStates = ["Complete"] } }
  }

  assert {
    condition = google_cloudfunctions2_function.sync["orders"].service_config[0].environment_variables == tomap({
      CT_API_URL            = "https://api.europe-west1.gcp.commercetools.com"
      CT_AUTH_URL           = "https://login.shop.example.org"
      CT_PROJECT_ID         = "shop"
      CT_SCOPE              = "view_customers:shop view_orders:shop view_payments:shop view_products:shop view_published_products:shop view_standalone_prices:shop view_types:shop view_customer_groups:shop view_discount_codes:shop"
      PRODUCT_URL_TEMPLATE  = "https://shop.example.org/p/{{productSlug}}"
      PREFERRED_LOCALE      = "de-DE"
      PREFERRED_CURRENCY    = "EUR"
      LOG_LEVEL             = "debug"
      KLAVIYO_SYNC_SETTINGS = "{\"orders\":{\"fulfilledStates\":[\"Complete\"]}}"
      GOOGLE_CLOUD_PROJECT  = "shop-project"
    })
    error_message = "Every input reaches its environment variable."
  }
}

run "size" {
  command = plan

  variables {
    memory        = "1Gi"
    concurrency   = 20
    min_instances = 1
    max_instances = 3
    labels        = { team = "shop" }
  }

  assert {
    condition = alltrue([
      google_cloudfunctions2_function.sync["orders"].service_config[0].available_memory == "1Gi",
      google_cloudfunctions2_function.sync["orders"].service_config[0].max_instance_request_concurrency == 20,
      google_cloudfunctions2_function.sync["orders"].service_config[0].min_instance_count == 1,
      google_cloudfunctions2_function.sync["orders"].service_config[0].max_instance_count == 3,
      google_cloudfunctions2_function.sync["orders"].labels.team == "shop",
    ])
    error_message = "Every input of the function's size reaches its place."
  }
}

run "topics" {
  command = plan

  assert {
    condition = alltrue([
      google_pubsub_topic_iam_member.commercetools["orders"].topic == "klaviyo-sync",
      google_pubsub_topic_iam_member.commercetools["orders"].role == "roles/pubsub.publisher",
      google_pubsub_topic_iam_member.commercetools["orders"].member == "serviceAccount:subscriptions@commercetools-platform.iam.gserviceaccount.com",
    ])
    error_message = "commercetools may publish to the topic."
  }

  assert {
    condition = alltrue([
      google_pubsub_subscription.dead_letter["orders"].topic == "projects/shop-project/topics/klaviyo-sync-dead-letter",
      google_pubsub_subscription.dead_letter["orders"].message_retention_duration == "${31 * 24 * 3600}s",
      google_pubsub_subscription.dead_letter["orders"].expiration_policy[0].ttl == "",
    ])
    error_message = "Dead letters are kept for 31 days in a subscription that does not expire."
  }

  assert {
    condition = alltrue([
      for topic in [google_pubsub_topic.source["orders"], google_pubsub_topic.dead_letter["orders"]] :
      topic.message_storage_policy[0].allowed_persistence_regions == toset(["europe-west1"])
    ])
    error_message = "Messages are stored in the function's region only."
  }
}

run "accounts" {
  command = plan

  assert {
    condition = alltrue([
      for member in values(google_secret_manager_secret_iam_member.runtime) :
      member.role == "roles/secretmanager.secretAccessor" && member.member == "serviceAccount:runtime@shop-project.iam.gserviceaccount.com"
    ])
    error_message = "The runtime account reads secrets."
  }

  assert {
    condition = toset(values(google_secret_manager_secret_iam_member.runtime)[*].secret_id) == toset([
      "klaviyo-auth-key", "klaviyo-sync-commercetools-client",
    ])
    error_message = "The runtime account reads these two secrets."
  }

  assert {
    condition = alltrue([
      google_cloud_run_v2_service_iam_member.push["orders"].name == "klaviyo-sync",
      google_cloud_run_v2_service_iam_member.push["orders"].role == "roles/run.invoker",
      google_cloud_run_v2_service_iam_member.push["orders"].member == "serviceAccount:push@shop-project.iam.gserviceaccount.com",
    ])
    error_message = "The push account invokes this function."
  }

  assert {
    condition     = keys(google_project_iam_member.build) == ["artifactregistry.writer", "logging.logWriter", "storage.objectViewer"]
    error_message = "Only the build account has roles on the project, the three that Google lists."
  }
}

run "build_account_from_outside" {
  command = plan

  variables {
    build_service_account = "builder@shop-project.iam.gserviceaccount.com"
  }

  assert {
    condition     = google_cloudfunctions2_function.sync["orders"].build_config[0].service_account == "projects/shop-project/serviceAccounts/builder@shop-project.iam.gserviceaccount.com"
    error_message = "A build account given from outside builds."
  }

  assert {
    condition     = length(google_service_account.build) + length(google_project_iam_member.build) + length(terraform_data.build_roles_known) == 0
    error_message = "With a build account from outside nothing is made for one."
  }
}

run "apis_left_alone" {
  command = plan

  variables {
    enable_apis = false
  }

  assert {
    condition     = length(google_project_service.needed) == 0
    error_message = "enable_apis = false leaves the APIs to somebody else."
  }
}
