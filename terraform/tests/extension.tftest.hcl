# A zip whose extension adds handlers: beside it is the list of what has to be subscribed to.

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
  source_zip                = "tests/extension/subscriptions.json" # any file does: only its hash and its folder are looked at
  commercetools_project_key = "shop"
  commercetools_api_url     = "https://api.europe-west1.gcp.commercetools.com"
  klaviyo_auth_key_secret   = { name = "klaviyo-auth-key", version = "3" }
}

run "custom_objects" {
  command = plan

  assert {
    condition     = keys(commercetools_subscription.sync) == keys(jsondecode(file("tests/extension/subscriptions.json")))
    error_message = "The subscriptions are those beside the zip."
  }

  assert {
    condition     = flatten([for change in commercetools_subscription.sync["key-value-document"].changes : change.resource_type_ids]) == ["key-value-document"]
    error_message = "Changes of custom objects are subscribed to."
  }

  assert {
    condition     = contains(local.scopes, "view_key_value_documents:shop")
    error_message = "The API client may read custom objects."
  }
}
