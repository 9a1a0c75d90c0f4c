# Two lanes, each with a topic, a way to a function of its own, dead letters and alerts.

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
  lanes                     = 2
}

override_resource {
  target          = google_pubsub_topic.source["catalog"]
  override_during = plan
  values          = { id = "projects/shop-project/topics/klaviyo-sync-catalog" }
}

override_resource {
  target          = google_pubsub_topic.dead_letter["catalog"]
  override_during = plan
  values          = { id = "projects/shop-project/topics/klaviyo-sync-catalog-dead-letter" }
}

override_resource {
  target          = google_pubsub_subscription.dead_letter["catalog"]
  override_during = plan
  values          = { id = "projects/shop-project/subscriptions/klaviyo-sync-catalog-dead-letter" }
}

override_resource {
  target          = google_cloudfunctions2_function.sync["catalog"]
  override_during = plan
  values          = { service_config = { uri = "https://klaviyo-sync-catalog-abc.a.run.app" } }
}

run "one_by_default" {
  command = plan

  variables {
    lanes = 1
  }

  assert {
    condition     = output.lanes.orders.resource_types == keys(jsondecode(file("subscriptions.json"))) && keys(output.lanes) == ["orders"]
    error_message = "One lane takes everything."
  }
}

run "names" {
  command = plan

  assert {
    condition = output.lanes.catalog == {
      function_name            = "klaviyo-sync-catalog"
      function_uri             = "https://klaviyo-sync-catalog-abc.a.run.app"
      topic                    = "projects/shop-project/topics/klaviyo-sync-catalog"
      source_subscription      = "projects/shop-project/subscriptions/klaviyo-sync-catalog-push"
      dead_letter_topic        = "projects/shop-project/topics/klaviyo-sync-catalog-dead-letter"
      dead_letter_subscription = "projects/shop-project/subscriptions/klaviyo-sync-catalog-dead-letter"
      resource_types           = ["category", "inventory-entry", "product", "review", "standalone-price"]
    }
    error_message = "The second lane has a suffix."
  }

  assert {
    condition = alltrue([
      output.function_name == "klaviyo-sync",
      output.source_subscription == "projects/shop-project/subscriptions/klaviyo-sync-push",
      output.lanes.orders.source_subscription == output.source_subscription,
      output.lanes.orders.resource_types == ["customer", "order", "payment"],
      google_pubsub_subscription.dead_letter["catalog"].name == "klaviyo-sync-catalog-dead-letter",
    ])
    error_message = "The first lane has none, and the outputs of one name are its."
  }
}

run "way" {
  command = plan

  assert {
    condition = alltrue([
      google_pubsub_subscription.push["catalog"].topic == "projects/shop-project/topics/klaviyo-sync-catalog",
      google_pubsub_subscription.push["catalog"].push_config[0].push_endpoint == "https://klaviyo-sync-catalog-abc.a.run.app/projects/shop-project/topics/klaviyo-sync-catalog",
      google_pubsub_subscription.push["catalog"].push_config[0].oidc_token[0].audience == "https://klaviyo-sync-catalog-abc.a.run.app",
      google_pubsub_subscription.push["catalog"].dead_letter_policy[0].dead_letter_topic == "projects/shop-project/topics/klaviyo-sync-catalog-dead-letter",
      google_pubsub_subscription.dead_letter["catalog"].topic == "projects/shop-project/topics/klaviyo-sync-catalog-dead-letter",
    ])
    error_message = "What commercetools says of the catalog goes to the lane's own function, and to its own dead letters."
  }

  assert {
    condition = alltrue([
      google_pubsub_topic_iam_member.commercetools["catalog"].topic == "klaviyo-sync-catalog",
      google_pubsub_topic_iam_member.dead_letter_publisher["catalog"].topic == "klaviyo-sync-catalog-dead-letter",
      google_pubsub_subscription_iam_member.dead_letter_subscriber["catalog"].subscription == "klaviyo-sync-catalog-push",
      google_cloud_run_v2_service_iam_member.push["catalog"].name == "klaviyo-sync-catalog",
    ])
    error_message = "Who publishes, delivers and gives up may do so in the second lane, too."
  }

  assert {
    condition = alltrue([
      for function in google_cloudfunctions2_function.sync :
      function.build_config[0].source[0].storage_source[0].object == "${filesha256(var.source_zip)}.zip"
    ])
    error_message = "Both functions are built from the same zip."
  }
}

run "eventarc" {
  command = plan

  variables {
    trigger = "eventarc"
  }

  # What it looks at is known only once gcloud has run, which no plan does.
  expect_failures = [check.eventarc_dead_letter_policy]

  assert {
    condition = alltrue([
      google_eventarc_trigger.sync["catalog"].name == "klaviyo-sync-catalog",
      google_eventarc_trigger.sync["catalog"].transport[0].pubsub[0].topic == "projects/shop-project/topics/klaviyo-sync-catalog",
      google_eventarc_trigger.sync["catalog"].destination[0].cloud_run_service[0].service == "klaviyo-sync-catalog",
      terraform_data.eventarc_subscription["catalog"].triggers_replace.DEAD_LETTER_TOPIC == "projects/shop-project/topics/klaviyo-sync-catalog-dead-letter",
      length(google_pubsub_subscription.push) == 0,
    ])
    error_message = "Eventarc leads the second lane as it leads the first."
  }
}

run "size" {
  command = plan

  variables {
    memory        = "1Gi"
    concurrency   = 20
    min_instances = 1
    max_instances = 8
  }

  assert {
    condition = { for lane, function in google_cloudfunctions2_function.sync : lane => [
      function.service_config[0].available_memory, function.service_config[0].max_instance_request_concurrency,
      function.service_config[0].min_instance_count, function.service_config[0].max_instance_count,
    ] } == { orders = ["1Gi", 20, 1, 8], catalog = ["1Gi", 10, 0, 2] }
    error_message = "The second lane has the first one's memory, ten messages at a time, and two instances at most."
  }
}

run "size_of_its_own" {
  command = plan

  variables {
    catalog_lane = { memory = "2Gi", concurrency = 40, min_instances = 1, max_instances = 3 }
  }

  assert {
    condition = { for lane, function in google_cloudfunctions2_function.sync : lane => [
      function.service_config[0].available_memory, function.service_config[0].max_instance_request_concurrency,
      function.service_config[0].min_instance_count, function.service_config[0].max_instance_count,
    ] } == { orders = ["1Gi", 40, 0, 3], catalog = ["2Gi", 40, 1, 3] }
    error_message = "Every size of the second lane reaches its place, and the first one's stays."
  }
}

run "alerts" {
  command = plan

  assert {
    condition = [
      for policy in [
        google_monitoring_alert_policy.dead_letter["catalog"], google_monitoring_alert_policy.oldest_message["catalog"],
        google_monitoring_alert_policy.error_ratio["catalog"], google_monitoring_alert_policy.dead_letter_expiring["catalog"],
      ] : regex("(?:subscription_id|service_name)=\"([^\"]+)\"", policy.conditions[0].condition_threshold[0].filter)[0]
    ] == ["klaviyo-sync-catalog-push", "klaviyo-sync-catalog-push", "klaviyo-sync-catalog", "klaviyo-sync-catalog-dead-letter"]
    error_message = "The second lane is watched as the first."
  }

  assert {
    condition     = google_monitoring_alert_policy.dead_letter["catalog"].display_name == "klaviyo-sync-catalog: a message was given up"
    error_message = "An alert names its lane."
  }

  assert {
    condition     = strcontains(google_monitoring_alert_policy.credentials.conditions[0].condition_matched_log[0].filter, "service_name=(\"klaviyo-sync-catalog\" OR \"klaviyo-sync\")")
    error_message = "A key that both functions use is one alert, whoever meets the refusal."
  }

  assert {
    condition     = keys(google_monitoring_alert_policy.silence) == ["orders"]
    error_message = "A catalog may rest."
  }
}

run "a_quiet_catalog_may_be_an_alert" {
  command = plan

  variables {
    catalog_lane = { alert_silence_seconds = 7200 }
  }

  assert {
    condition = alltrue([
      google_monitoring_alert_policy.silence["catalog"].conditions[0].condition_absent[0].duration == "7200s",
      strcontains(google_monitoring_alert_policy.silence["catalog"].conditions[0].condition_absent[0].filter, "topic_id=\"klaviyo-sync-catalog\""),
      google_monitoring_alert_policy.silence["orders"].conditions[0].condition_absent[0].duration == "84600s",
    ])
    error_message = "Each lane has a silence of its own."
  }
}

run "dashboard" {
  command = plan

  assert {
    condition = slice(jsondecode(google_monitoring_dashboard.sync.dashboard_json).gridLayout.widgets[*].title, 0, 4) == [
      "orders: Attempts by handler and outcome", "catalog: Attempts by handler and outcome",
      "orders: Latency of an attempt (ms)", "catalog: Latency of an attempt (ms)",
    ]
    error_message = "The same chart of both lanes stands side by side."
  }

  assert {
    condition = toset(flatten([
      for widget in jsondecode(google_monitoring_dashboard.sync.dashboard_json).gridLayout.widgets : [
        for set in widget.xyChart.dataSets : regex("(?:subscription_id|service_name)=\"([^\"]+)\"", set.timeSeriesQuery.timeSeriesFilter.filter) if startswith(widget.title, "catalog: ")
      ]
    ])) == toset(["klaviyo-sync-catalog", "klaviyo-sync-catalog-dead-letter", "klaviyo-sync-catalog-push"])
    error_message = "A chart of the catalog shows the catalog's lane."
  }

  assert {
    condition     = strcontains(google_logging_metric.attempts.filter, "service_name=(\"klaviyo-sync-catalog\" OR \"klaviyo-sync\")")
    error_message = "The attempts of both functions are counted."
  }
}
