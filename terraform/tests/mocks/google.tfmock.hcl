# What Google would answer, as far as something else is made of it.

mock_data "google_project" {
  defaults = {
    number = "123456789012"
  }
}

mock_resource "google_pubsub_topic" {
  defaults = {
    id = "projects/shop-project/topics/mocked"
  }
}

mock_resource "google_cloudfunctions2_function" {
  defaults = {
    service_config = {
      uri = "https://klaviyo-sync-abc.a.run.app"
    }
  }
}

mock_resource "google_eventarc_trigger" {
  defaults = {
    transport = {
      pubsub = {
        subscription = "projects/shop-project/subscriptions/eventarc-europe-west1-klaviyo-sync-sub-001"
      }
    }
  }
}
