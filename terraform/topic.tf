# Messages carry personal data, so they are stored in the function's region and nowhere else.
resource "google_pubsub_topic" "source" {
  for_each = local.lanes

  project      = var.project_id
  name         = each.value.name
  labels       = var.labels
  kms_key_name = var.kms_key
  depends_on   = [google_project_service.needed, google_kms_crypto_key_iam_member.pubsub]

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }
}

# Without it nobody can publish: Pub/Sub uses the key in its own name.
resource "google_kms_crypto_key_iam_member" "pubsub" {
  count = var.kms_key == null ? 0 : 1

  crypto_key_id = var.kms_key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = local.pubsub_agent
}

resource "google_pubsub_topic_iam_member" "commercetools" {
  for_each = local.lanes

  project = var.project_id
  topic   = google_pubsub_topic.source[each.key].name
  role    = "roles/pubsub.publisher"
  member  = local.commercetools_pub
}

resource "google_pubsub_topic" "dead_letter" {
  for_each = local.lanes

  project      = var.project_id
  name         = "${each.value.name}-dead-letter"
  labels       = var.labels
  kms_key_name = var.kms_key
  depends_on   = [google_project_service.needed, google_kms_crypto_key_iam_member.pubsub]

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }

  lifecycle {
    prevent_destroy = true # see "Renaming and destroying" in the README
  }
}

# Without it a dead letter would have nowhere to wait: a topic keeps nothing for nobody.
resource "google_pubsub_subscription" "dead_letter" {
  for_each = local.lanes

  project                    = var.project_id
  name                       = "${each.value.name}-dead-letter"
  topic                      = google_pubsub_topic.dead_letter[each.key].id
  labels                     = var.labels
  ack_deadline_seconds       = 60
  message_retention_duration = "2678400s" # 31 days, the most Pub/Sub keeps

  expiration_policy {
    ttl = "" # never; by default Pub/Sub deletes a subscription that nobody has read for 31 days
  }

  lifecycle {
    prevent_destroy = true # whatever waits in it would be gone
  }
}

# Pub/Sub moves a dead letter in its own name: it publishes it here and acknowledges it there. Without either permission
# it goes on delivering for ever and says nothing.
resource "google_pubsub_topic_iam_member" "dead_letter_publisher" {
  for_each = local.lanes

  project = var.project_id
  topic   = google_pubsub_topic.dead_letter[each.key].name
  role    = "roles/pubsub.publisher"
  member  = local.pubsub_agent
}

resource "google_pubsub_subscription_iam_member" "dead_letter_subscriber" {
  for_each = local.lanes

  project      = var.project_id
  subscription = local.source_subscriptions[each.key]
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}
