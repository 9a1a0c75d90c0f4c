# What a deployment of before there were lanes has in its state, under the addresses of then: what keeps messages, and what
# somebody would notice when it were made anew. Only the names matter.

terraform {
  required_providers {
    google = {
      source = "hashicorp/google"
    }
    # For what is taken away at the end of the test.
    commercetools = {
      source = "labd/commercetools"
    }
  }
}

resource "google_pubsub_topic" "source" {
  name = "klaviyo-sync"
}

resource "google_pubsub_topic" "dead_letter" {
  name = "klaviyo-sync-dead-letter"
}

resource "google_pubsub_subscription" "dead_letter" {
  name  = "klaviyo-sync-dead-letter"
  topic = google_pubsub_topic.dead_letter.id
}

resource "google_pubsub_subscription" "push" {
  count = 1

  name  = "klaviyo-sync-push"
  topic = google_pubsub_topic.source.id
}

resource "google_cloudfunctions2_function" "sync" {
  name     = "klaviyo-sync"
  location = "europe-west1"

  service_config {}
}

resource "google_monitoring_alert_policy" "dead_letter" {
  display_name = "klaviyo-sync: a message was given up"
  combiner     = "OR"

  conditions {
    display_name = "-"
  }
}

output "ids" {
  description = "The id of each."
  value = [
    google_pubsub_topic.source.id,
    google_pubsub_topic.dead_letter.id,
    google_pubsub_subscription.dead_letter.id,
    google_pubsub_subscription.push[0].id,
    google_cloudfunctions2_function.sync.id,
    google_monitoring_alert_policy.dead_letter.id,
  ]
}
