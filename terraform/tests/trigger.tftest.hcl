# The two ways from the topic to the function, and what both must have.

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

override_resource {
  target          = google_pubsub_topic.source
  override_during = plan
  values          = { id = "projects/shop-project/topics/klaviyo-sync" }
}

run "push" {
  command = plan

  assert {
    condition = alltrue([
      google_pubsub_subscription.push["orders"].topic == "projects/shop-project/topics/klaviyo-sync",
      google_pubsub_subscription.push["orders"].push_config[0].push_endpoint == "https://klaviyo-sync-abc.a.run.app/projects/shop-project/topics/klaviyo-sync",
      google_pubsub_subscription.push["orders"].push_config[0].oidc_token[0].service_account_email == "push@shop-project.iam.gserviceaccount.com",
      google_pubsub_subscription.push["orders"].push_config[0].oidc_token[0].audience == "https://klaviyo-sync-abc.a.run.app",
    ])
    error_message = "Pub/Sub pushes to the function, with a token for it, at the path that names the topic."
  }

  assert {
    condition = alltrue([
      google_pubsub_subscription.push["orders"].dead_letter_policy[0].dead_letter_topic == "projects/shop-project/topics/klaviyo-sync-dead-letter",
      google_pubsub_subscription.push["orders"].dead_letter_policy[0].max_delivery_attempts == 100,
      google_pubsub_subscription.push["orders"].retry_policy[0].minimum_backoff == "10s",
      google_pubsub_subscription.push["orders"].retry_policy[0].maximum_backoff == "600s",
      google_pubsub_subscription.push["orders"].ack_deadline_seconds == 90,
      google_pubsub_subscription.push["orders"].message_retention_duration == "${7 * 24 * 3600}s",
      google_pubsub_subscription.push["orders"].expiration_policy[0].ttl == "",
    ])
    error_message = "Retries, dead letters, deadline, retention and expiry are declared."
  }

  assert {
    condition = alltrue([
      google_pubsub_topic_iam_member.dead_letter_publisher["orders"].topic == "klaviyo-sync-dead-letter",
      google_pubsub_topic_iam_member.dead_letter_publisher["orders"].role == "roles/pubsub.publisher",
      google_pubsub_topic_iam_member.dead_letter_publisher["orders"].member == "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com",
      google_pubsub_subscription_iam_member.dead_letter_subscriber["orders"].subscription == "klaviyo-sync-push",
      google_pubsub_subscription_iam_member.dead_letter_subscriber["orders"].role == "roles/pubsub.subscriber",
      google_pubsub_subscription_iam_member.dead_letter_subscriber["orders"].member == "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com",
    ])
    error_message = "Pub/Sub's agent may publish dead letters and take them off the source subscription."
  }

  assert {
    condition     = length(google_eventarc_trigger.sync) + length(terraform_data.eventarc_subscription) == 0
    error_message = "Push needs no Eventarc."
  }

  assert {
    condition     = !contains(keys(google_project_service.needed), "eventarc")
    error_message = "Push needs no Eventarc API."
  }

  assert {
    condition     = output.source_subscription == "projects/shop-project/subscriptions/klaviyo-sync-push"
    error_message = "The operator is told which subscription delivers."
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
    condition     = length(google_pubsub_subscription.push) == 0
    error_message = "Two subscriptions would sync everything twice."
  }

  assert {
    condition = alltrue([
      one(google_eventarc_trigger.sync["orders"].matching_criteria).value == "google.cloud.pubsub.topic.v1.messagePublished",
      google_eventarc_trigger.sync["orders"].transport[0].pubsub[0].topic == "projects/shop-project/topics/klaviyo-sync",
      google_eventarc_trigger.sync["orders"].destination[0].cloud_run_service[0].service == "klaviyo-sync",
      google_eventarc_trigger.sync["orders"].service_account == "push@shop-project.iam.gserviceaccount.com",
    ])
    error_message = "Eventarc takes the same topic to the same function, as the push account."
  }

  assert {
    condition = terraform_data.eventarc_subscription["orders"].triggers_replace == tomap({
      PROJECT           = "shop-project"
      SUBSCRIPTION      = "eventarc-europe-west1-klaviyo-sync-sub-001"
      DEAD_LETTER_TOPIC = "projects/shop-project/topics/klaviyo-sync-dead-letter"
      ATTEMPTS          = "100"
      MIN_BACKOFF       = "10s"
      MAX_BACKOFF       = "600s"
      ACK_DEADLINE      = "90"
      RETENTION         = "7d"
    })
    error_message = "Eventarc's own subscription gets what the push subscription has."
  }

  assert {
    condition     = google_pubsub_subscription_iam_member.dead_letter_subscriber["orders"].subscription == "eventarc-europe-west1-klaviyo-sync-sub-001"
    error_message = "Pub/Sub's agent may take dead letters off Eventarc's subscription."
  }

  assert {
    condition     = contains(keys(google_project_service.needed), "eventarc")
    error_message = "The Eventarc API is switched on."
  }
}

run "retry_window_by_default" {
  command = plan

  assert {
    condition     = output.retry_window_seconds == 10 + 20 + 40 + 80 + 160 + 320 + 93 * 600
    error_message = "100 attempts have 99 pauses: six that double, then 93 of ten minutes."
  }
}

run "retry_window_at_its_least" {
  command = plan

  variables {
    max_delivery_attempts = 5
  }

  assert {
    condition     = output.retry_window_seconds == 10 + 20 + 40 + 80
    error_message = "Five attempts have four pauses."
  }
}

run "settings_of_delivery" {
  command = plan

  variables {
    timeout_seconds       = 120
    ack_deadline_seconds  = 180
    max_delivery_attempts = 20
    min_backoff_seconds   = 5
    max_backoff_seconds   = 300
  }

  assert {
    condition = alltrue([
      google_cloudfunctions2_function.sync["orders"].service_config[0].timeout_seconds == 120,
      google_pubsub_subscription.push["orders"].ack_deadline_seconds == 180,
      google_pubsub_subscription.push["orders"].dead_letter_policy[0].max_delivery_attempts == 20,
      google_pubsub_subscription.push["orders"].retry_policy[0].minimum_backoff == "5s",
      google_pubsub_subscription.push["orders"].retry_policy[0].maximum_backoff == "300s",
    ])
    error_message = "Every input of the delivery reaches its place."
  }
}
