# Every input that is refused: what the function is told and runs on. What each refusal says is in variables-function.tf.

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

run "product_url_template_is_a_path" {
  command = plan

  variables {
    product_url_template = "/p/{{productSlug}}"
  }

  expect_failures = [var.product_url_template]
}

run "preferred_locale_has_an_underscore" {
  command = plan

  variables {
    preferred_locale = "en_GB"
  }

  expect_failures = [var.preferred_locale]
}

run "preferred_currency_is_a_symbol" {
  command = plan

  variables {
    preferred_currency = "€"
  }

  expect_failures = [var.preferred_currency]
}

run "log_level_is_unknown" {
  command = plan

  variables {
    log_level = "verbose"
  }

  expect_failures = [var.log_level]
}

run "settings_is_a_string" {
  command = plan

  variables {
    settings = "{}"
  }

  expect_failures = [var.settings]
}

run "settings_has_an_unknown_key" {
  command = plan

  variables {
    settings = { baskets = {} }
  }

  expect_failures = [var.settings]
}

run "memory_has_no_unit" {
  command = plan

  variables {
    memory = "512"
  }

  expect_failures = [var.memory]
}

run "concurrency_is_nothing" {
  command = plan

  variables {
    concurrency = 0
  }

  expect_failures = [var.concurrency]
}

run "concurrency_is_too_much" {
  command = plan

  variables {
    concurrency = 1001
  }

  expect_failures = [var.concurrency]
}

run "min_instances_is_negative" {
  command = plan

  variables {
    min_instances = -1
  }

  expect_failures = [var.min_instances]
}

run "max_instances_is_nothing" {
  command = plan

  variables {
    max_instances = 0
  }

  expect_failures = [var.max_instances]
}

run "max_instances_is_below_the_least" {
  command = plan

  variables {
    min_instances = 3
    max_instances = 2
  }

  expect_failures = [var.max_instances]
}

run "timeout_seconds_is_shorter_than_an_attempt" {
  command = plan

  variables {
    timeout_seconds = 50
  }

  expect_failures = [var.timeout_seconds]
}

run "timeout_seconds_is_shorter_than_the_attempt_set" {
  command = plan

  variables {
    settings        = { limits = { attemptSeconds = 60 } }
    timeout_seconds = 60
  }

  expect_failures = [var.timeout_seconds]
}

run "timeout_seconds_is_longer_than_pubsub_waits" {
  command = plan

  variables {
    timeout_seconds = 900
  }

  expect_failures = [var.timeout_seconds]
}
