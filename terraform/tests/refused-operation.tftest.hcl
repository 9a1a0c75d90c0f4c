# Every input that is refused: delivery, alerts and building. What each refusal says is in variables-operation.tf.

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

run "trigger_is_unknown" {
  command = plan

  variables {
    trigger = "pull"
  }

  expect_failures = [var.trigger]
}

run "ack_deadline_seconds_is_shorter_than_the_timeout" {
  command = plan

  variables {
    ack_deadline_seconds = 59
  }

  expect_failures = [var.ack_deadline_seconds]
}

run "ack_deadline_seconds_is_too_long" {
  command = plan

  variables {
    ack_deadline_seconds = 601
  }

  expect_failures = [var.ack_deadline_seconds]
}

run "max_delivery_attempts_are_too_few" {
  command = plan

  variables {
    max_delivery_attempts = 4
  }

  expect_failures = [var.max_delivery_attempts]
}

run "max_delivery_attempts_are_too_many" {
  command = plan

  variables {
    max_delivery_attempts = 101
  }

  expect_failures = [var.max_delivery_attempts]
}

run "min_backoff_seconds_is_nothing" {
  command = plan

  variables {
    min_backoff_seconds = 0
  }

  expect_failures = [var.min_backoff_seconds]
}

run "max_backoff_seconds_is_below_the_least" {
  command = plan

  variables {
    max_backoff_seconds = 5
  }

  expect_failures = [var.max_backoff_seconds]
}

run "max_backoff_seconds_is_too_long" {
  command = plan

  variables {
    max_backoff_seconds = 601
  }

  expect_failures = [var.max_backoff_seconds]
}

run "alert_emails_holds_a_channel" {
  command = plan

  variables {
    alert_emails = ["#shop-operations"]
  }

  expect_failures = [var.alert_emails]
}

run "notification_channels_are_short_names" {
  command = plan

  variables {
    notification_channels = ["pagerduty"]
  }

  expect_failures = [var.notification_channels]
}

run "alert_oldest_message_seconds_is_below_a_minute" {
  command = plan

  variables {
    alert_oldest_message_seconds = 30
  }

  expect_failures = [var.alert_oldest_message_seconds]
}

run "alert_error_ratio_is_a_percentage" {
  command = plan

  variables {
    alert_error_ratio = 20
  }

  expect_failures = [var.alert_error_ratio]
}

run "build_service_account_is_an_id" {
  command = plan

  variables {
    build_service_account = "projects/p/serviceAccounts/builder"
  }

  expect_failures = [var.build_service_account]
}

run "alert_dead_letter_days_is_after_the_end" {
  command = plan

  variables {
    alert_dead_letter_days = 31
  }

  expect_failures = [var.alert_dead_letter_days]
}

run "alert_silence_seconds_is_longer_than_google_looks_back" {
  command = plan

  variables {
    alert_silence_seconds = 86400
  }

  expect_failures = [var.alert_silence_seconds]
}
