# The schedule that looks for carts: made only when the settings ask for it, and able to do nothing but publish its tick.

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
  settings                  = { checkouts = { urlTemplate = "https://shop.example.org/checkout/{{cartId}}" } }
}

override_resource {
  target          = google_pubsub_topic.source["orders"]
  override_during = plan
  values          = { id = "projects/shop-project/topics/klaviyo-sync" }
}

run "none_without_a_template" {
  command = plan

  variables {
    settings = { checkouts = { idleMinutes = 30 } }
  }

  assert {
    condition = alltrue([
      length(google_cloud_scheduler_job.tick) + length(google_pubsub_topic_iam_member.scheduler) + length(google_monitoring_alert_policy.tick) == 0,
      !contains(keys(google_project_service.needed), "cloudscheduler"),
      strcontains(google_monitoring_alert_policy.silence["orders"].conditions[0].condition_absent[0].filter, "send_request_count"),
    ])
    error_message = "Without a template there is no schedule, nor anything for one."
  }
}

run "none_when_its_handler_is_off" {
  command = plan

  variables {
    settings = { checkouts = { urlTemplate = "https://shop.example.org/{{cartId}}" }, handlers = { disabled = ["checkout-started"] } }
  }

  assert {
    condition     = length(google_cloud_scheduler_job.tick) == 0
    error_message = "Nothing ticks for a handler that is switched off."
  }
}

run "tick" {
  command = plan

  assert {
    condition = alltrue([
      google_cloud_scheduler_job.tick["cart"].name == "klaviyo-sync-tick-cart",
      google_cloud_scheduler_job.tick["cart"].region == "europe-west1",
      google_cloud_scheduler_job.tick["cart"].schedule == "*/5 * * * *",
      google_cloud_scheduler_job.tick["cart"].time_zone == "Etc/UTC",
      google_cloud_scheduler_job.tick["cart"].retry_config[0].retry_count == 5,
      contains(keys(google_project_service.needed), "cloudscheduler"),
    ])
    error_message = "It ticks every five minutes, whatever the clocks of the shop do."
  }

  assert {
    condition = jsondecode(base64decode(google_cloud_scheduler_job.tick["cart"].pubsub_target[0].data)) == {
      notificationType = "Tick", projectKey = "shop", resource = { typeId = "cart" }, intervalSeconds = 300
    }
    error_message = "A tick says what to look at, and how long it is to the next one."
  }

  assert {
    condition     = google_cloud_scheduler_job.tick["cart"].pubsub_target[0].topic_name == "projects/shop-project/topics/klaviyo-sync"
    error_message = "A tick goes the way of every message."
  }
}

run "interval" {
  command = plan

  variables {
    tick_minutes = 1
  }

  assert {
    condition = alltrue([
      google_cloud_scheduler_job.tick["cart"].schedule == "*/1 * * * *",
      jsondecode(base64decode(google_cloud_scheduler_job.tick["cart"].pubsub_target[0].data)).intervalSeconds == 60,
      google_monitoring_alert_policy.tick["cart"].conditions[0].condition_absent[0].duration == "900s",
    ])
    error_message = "The schedule and what it says of itself agree."
  }
}

run "least_privilege" {
  command = plan

  assert {
    condition = alltrue([
      keys(google_pubsub_topic_iam_member.scheduler) == ["orders"],
      google_pubsub_topic_iam_member.scheduler["orders"].topic == "klaviyo-sync",
      google_pubsub_topic_iam_member.scheduler["orders"].role == "roles/pubsub.publisher",
      google_pubsub_topic_iam_member.scheduler["orders"].member == "serviceAccount:service-123456789012@gcp-sa-cloudscheduler.iam.gserviceaccount.com",
    ])
    error_message = "Cloud Scheduler may publish to this topic."
  }

  assert {
    condition     = keys(google_project_iam_member.build) == ["artifactregistry.writer", "logging.logWriter", "storage.objectViewer"]
    error_message = "The schedule brings no role on the project."
  }
}

run "with_two_lanes" {
  command = plan

  variables {
    lanes        = 2
    catalog_lane = { alert_silence_seconds = 7200 }
  }

  assert {
    condition = alltrue([
      keys(google_pubsub_topic_iam_member.scheduler) == ["orders"],
      google_cloud_scheduler_job.tick["cart"].pubsub_target[0].topic_name == "projects/shop-project/topics/klaviyo-sync",
      strcontains(google_monitoring_alert_policy.silence["catalog"].conditions[0].condition_absent[0].filter, "topic_id=\"klaviyo-sync-catalog\""),
    ])
    error_message = "The tick is in the lane of orders, and the other one is as it was."
  }
}

run "alerts" {
  command = plan

  variables {
    tick_minutes = 30
  }

  assert {
    condition = alltrue([
      strcontains(google_monitoring_alert_policy.silence["orders"].conditions[0].condition_absent[0].filter, "logging.googleapis.com/user/klaviyo-sync/attempts"),
      strcontains(google_monitoring_alert_policy.silence["orders"].conditions[0].condition_absent[0].filter, "metric.labels.handler!=\"checkout-started\""),
    ])
    error_message = "Ticks do not hide that commercetools says nothing any more."
  }

  assert {
    condition = alltrue([
      strcontains(google_monitoring_alert_policy.tick["cart"].conditions[0].condition_absent[0].filter, "service_name=\"klaviyo-sync\""),
      strcontains(google_monitoring_alert_policy.tick["cart"].conditions[0].condition_absent[0].filter, "metric.labels.handler=\"checkout-started\""),
      google_monitoring_alert_policy.tick["cart"].conditions[0].condition_absent[0].duration == "5400s",
      strcontains(google_monitoring_alert_policy.tick["cart"].documentation[0].content, "docs/operations.md"),
    ])
    error_message = "A schedule that does not tick any more is an alert."
  }
}

run "tick_minutes_do_not_make_an_hour" {
  command = plan

  variables {
    tick_minutes = 7
  }

  expect_failures = [var.tick_minutes]
}

run "prices_with_one_lane" {
  command = plan

  variables {
    settings = { prices = { watchDates = true } }
  }

  assert {
    condition = alltrue([
      keys(google_cloud_scheduler_job.tick) == ["standalone-price"],
      google_cloud_scheduler_job.tick["standalone-price"].pubsub_target[0].topic_name == "projects/shop-project/topics/klaviyo-sync",
      jsondecode(base64decode(google_cloud_scheduler_job.tick["standalone-price"].pubsub_target[0].data)).resource.typeId == "standalone-price",
    ])
    error_message = "Dates of prices are looked for where the settings say so, and nothing else is."
  }
}

run "prices_with_two_lanes" {
  command = plan

  variables {
    lanes        = 2
    catalog_lane = { alert_silence_seconds = 7200 }
    settings     = { prices = { watchDates = true } }
  }

  override_resource {
    target          = google_pubsub_topic.source["catalog"]
    override_during = plan
    values          = { id = "projects/shop-project/topics/klaviyo-sync-catalog" }
  }

  assert {
    condition = alltrue([
      google_cloud_scheduler_job.tick["standalone-price"].pubsub_target[0].topic_name == "projects/shop-project/topics/klaviyo-sync-catalog",
      keys(google_pubsub_topic_iam_member.scheduler) == ["catalog"],
      strcontains(google_monitoring_alert_policy.silence["catalog"].conditions[0].condition_absent[0].filter, "metric.labels.handler!=\"price-dates\""),
    ])
    error_message = "Prices wait where prices wait, behind which no order does."
  }
}
