# A key and a network of the organisation.

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

run "by_default" {
  command = plan

  assert {
    condition = alltrue([
      google_pubsub_topic.source["orders"].kms_key_name == null,
      google_pubsub_topic.dead_letter["orders"].kms_key_name == null,
      length(google_kms_crypto_key_iam_member.pubsub) == 0,
      google_cloudfunctions2_function.sync["orders"].service_config[0].vpc_connector == null,
      google_cloudfunctions2_function.sync["orders"].service_config[0].vpc_connector_egress_settings == null,
    ])
    error_message = "Neither is needed."
  }
}

run "key" {
  command = plan

  variables {
    kms_key = "projects/keys/locations/europe-west1/keyRings/shop/cryptoKeys/messages"
  }

  assert {
    condition = alltrue([
      google_pubsub_topic.source["orders"].kms_key_name == var.kms_key,
      google_pubsub_topic.dead_letter["orders"].kms_key_name == var.kms_key,
      google_kms_crypto_key_iam_member.pubsub[0].crypto_key_id == var.kms_key,
      google_kms_crypto_key_iam_member.pubsub[0].role == "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      google_kms_crypto_key_iam_member.pubsub[0].member == "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com",
    ])
    error_message = "Messages are stored under the key, which Pub/Sub's agent may use."
  }
}

run "network" {
  command = plan

  variables {
    vpc_connector = "projects/shop-project/locations/europe-west1/connectors/shop"
  }

  assert {
    condition = alltrue([
      google_cloudfunctions2_function.sync["orders"].service_config[0].vpc_connector == var.vpc_connector,
      google_cloudfunctions2_function.sync["orders"].service_config[0].vpc_connector_egress_settings == "ALL_TRAFFIC",
    ])
    error_message = "Every call leaves through the connector."
  }
}

run "kms_key_is_a_short_name" {
  command = plan

  variables {
    kms_key = "messages"
  }

  expect_failures = [var.kms_key]
}

run "vpc_connector_is_a_short_name" {
  command = plan

  variables {
    vpc_connector = "shop"
  }

  expect_failures = [var.vpc_connector]
}
