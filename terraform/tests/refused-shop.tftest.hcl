# Every input that is refused: what the shop, the accounts and the secrets are. What each refusal says is in variables.tf.

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

run "project_id_is_a_name" {
  command = plan

  variables {
    project_id = "My Project"
  }

  expect_failures = [var.project_id]
}

run "region_is_a_zone" {
  command = plan

  variables {
    region = "europe-west1-b"
  }

  expect_failures = [var.region]
}

run "name_is_too_long" {
  command = plan

  variables {
    name = "commercetools-klaviyo-sync"
  }

  expect_failures = [var.name]
}

run "name_has_capitals" {
  command = plan

  variables {
    name = "KlaviyoSync"
  }

  expect_failures = [var.name]
}

run "source_zip_is_not_built" {
  command = plan

  variables {
    source_zip = "no/such/function.zip"
  }

  expect_failures = [var.source_zip]
}

run "commercetools_project_key_has_spaces" {
  command = plan

  variables {
    commercetools_project_key = "my shop"
  }

  expect_failures = [var.commercetools_project_key]
}

run "commercetools_api_url_has_no_protocol" {
  command = plan

  variables {
    commercetools_api_url = "api.europe-west1.gcp.commercetools.com"
  }

  expect_failures = [var.commercetools_api_url]
}

run "commercetools_api_url_ends_with_the_project" {
  command = plan

  variables {
    commercetools_api_url = "https://api.europe-west1.gcp.commercetools.com/shop"
  }

  expect_failures = [var.commercetools_api_url]
}

run "commercetools_auth_url_is_not_https" {
  command = plan

  variables {
    commercetools_auth_url = "http://auth.europe-west1.gcp.commercetools.com"
  }

  expect_failures = [var.commercetools_auth_url]
}

run "commercetools_auth_url_cannot_be_told" {
  command = plan

  variables {
    commercetools_api_url = "https://commercetools.shop.example.org"
  }

  expect_failures = [var.commercetools_auth_url]
}

run "klaviyo_auth_key_secret_is_a_path" {
  command = plan

  variables {
    klaviyo_auth_key_secret = { name = "projects/shop-project/secrets/klaviyo-auth-key", version = "1" }
  }

  expect_failures = [var.klaviyo_auth_key_secret]
}

run "klaviyo_auth_key_secret_is_at_latest" {
  command = plan

  variables {
    klaviyo_auth_key_secret = { name = "klaviyo-auth-key", version = "latest" }
  }

  expect_failures = [var.klaviyo_auth_key_secret]
}

run "commercetools_client_secret_is_the_json" {
  command = plan

  variables {
    commercetools_client_secret = { name = "{\"clientId\":\"id\"}", version = "1" }
  }

  expect_failures = [var.commercetools_client_secret]
}

run "commercetools_client_secret_is_at_latest" {
  command = plan

  variables {
    commercetools_client_secret = { name = "shop-client", version = "latest" }
  }

  expect_failures = [var.commercetools_client_secret]
}

run "sync_has_an_unknown_type" {
  command = plan

  variables {
    sync = { inventory = false }
  }

  expect_failures = [var.sync]
}

run "sync_is_null" {
  command = plan

  variables {
    sync = { payment = null }
  }

  expect_failures = [var.sync]
}
