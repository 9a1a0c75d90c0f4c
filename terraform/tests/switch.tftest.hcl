# An existing deployment: to this version, to two lanes, and on the way back to one. Whatever may hold a message stays what it
# is: a mocked id is another one when a resource is made anew.

mock_provider "google" {}
mock_provider "commercetools" {}

variables {
  project_id                = "shop-project"
  region                    = "europe-west1"
  source_zip                = "versions.tf" # any file does: only its hash is looked at
  commercetools_project_key = "shop"
  commercetools_api_url     = "https://api.europe-west1.gcp.commercetools.com"
  klaviyo_auth_key_secret   = { name = "klaviyo-auth-key", version = "3" }
  build_service_account     = "builder@shop-project.iam.gserviceaccount.com" # nothing to wait for
}

run "before_there_were_lanes" {
  state_key = "shop"

  module {
    source = "./tests/before"
  }
}

run "upgraded" {
  state_key = "shop"

  assert {
    condition = [
      google_pubsub_topic.source["orders"].id,
      google_pubsub_topic.dead_letter["orders"].id,
      google_pubsub_subscription.dead_letter["orders"].id,
      google_pubsub_subscription.push["orders"].id,
      google_cloudfunctions2_function.sync["orders"].id,
      google_monitoring_alert_policy.dead_letter["orders"].id,
    ] == run.before_there_were_lanes.ids
    error_message = "An upgrade makes nothing anew."
  }

  assert {
    condition     = keys(output.lanes) == ["orders"]
    error_message = "An upgrade adds no lane by itself."
  }
}

run "second_lane" {
  state_key = "shop"

  variables {
    lanes = 2
  }

  assert {
    condition     = output.lanes.orders == merge(run.upgraded.lanes.orders, { resource_types = ["customer", "order", "payment"] })
    error_message = "The first lane keeps its names, and with them what waits."
  }

  assert {
    condition = [
      google_pubsub_topic.source["orders"].id,
      google_pubsub_topic.dead_letter["orders"].id,
      google_pubsub_subscription.dead_letter["orders"].id,
      google_pubsub_subscription.push["orders"].id,
      google_cloudfunctions2_function.sync["orders"].id,
      google_monitoring_alert_policy.dead_letter["orders"].id,
    ] == run.before_there_were_lanes.ids
    error_message = "A second lane makes nothing of the first one anew."
  }

  assert {
    condition     = output.commercetools_subscriptions == run.upgraded.commercetools_subscriptions
    error_message = "commercetools' subscriptions keep their keys: at every moment there is one for each type."
  }

  assert {
    condition = { for type, subscription in commercetools_subscription.sync : type => subscription.destination[0].topic } == {
      customer         = "klaviyo-sync"
      order            = "klaviyo-sync"
      payment          = "klaviyo-sync"
      category         = "klaviyo-sync-catalog"
      product          = "klaviyo-sync-catalog"
      standalone-price = "klaviyo-sync-catalog"
      inventory-entry  = "klaviyo-sync-catalog"
      review           = "klaviyo-sync-catalog"
    }
    error_message = "commercetools reports the catalog to the second lane, and what it reported before is in the first."
  }
}

run "drained" {
  state_key = "shop"

  variables {
    lanes        = 2
    catalog_lane = { drain = true }
  }

  assert {
    condition = { for lane, names in output.lanes : lane => merge(names, { resource_types = [] }) } == {
      for lane, names in run.second_lane.lanes : lane => merge(names, { resource_types = [] })
    }
    error_message = "A lane that is drained keeps everything that delivers what waits in it."
  }

  assert {
    condition = alltrue([
      for subscription in commercetools_subscription.sync : subscription.destination[0].topic == "klaviyo-sync"
    ]) && length(output.lanes.catalog.resource_types) == 0
    error_message = "Nothing new comes to a lane that is drained."
  }
}

# The module itself refuses to take away what keeps dead letters, also at the end of a test.
run "taken_away" {
  state_key = "shop"

  module {
    source = "./tests/before"
  }
}
