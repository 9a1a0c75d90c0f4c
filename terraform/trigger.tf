locals {
  pushed         = { for lane, settings in local.lanes : lane => settings if var.trigger == "push" }
  triggered      = { for lane, settings in local.lanes : lane => settings if var.trigger == "eventarc" }
  function_uris  = { for lane, function in google_cloudfunctions2_function.sync : lane => function.service_config[0].uri }
  retention_days = 7 # longer than any retry window

  # The subscription of each lane that delivers to its function.
  source_subscriptions = merge(
    { for lane, subscription in google_pubsub_subscription.push : lane => subscription.name },
    { for lane, trigger in google_eventarc_trigger.sync : lane => basename(trigger.transport[0].pubsub[0].subscription) },
  )

  # Reckoned with pauses that double; Pub/Sub does not document the factor, and the longest pause makes most of the sum.
  retry_window_seconds = sum([
    for gap in range(var.max_delivery_attempts - 1) : min(var.max_backoff_seconds, var.min_backoff_seconds * pow(2, gap))
  ])
}

resource "google_pubsub_subscription" "push" {
  for_each = local.pushed

  project                    = var.project_id
  name                       = "${each.value.name}-push"
  topic                      = google_pubsub_topic.source[each.key].id
  labels                     = var.labels
  ack_deadline_seconds       = var.ack_deadline_seconds
  message_retention_duration = "${local.retention_days * 86400}s"
  depends_on                 = [google_cloud_run_v2_service_iam_member.push, google_service_account_iam_member.push_token]

  push_config {
    # The functions framework reads the topic from the path.
    push_endpoint = "${local.function_uris[each.key]}/${google_pubsub_topic.source[each.key].id}"

    oidc_token {
      service_account_email = google_service_account.push.email
      audience              = local.function_uris[each.key]
    }
  }

  retry_policy {
    minimum_backoff = "${var.min_backoff_seconds}s"
    maximum_backoff = "${var.max_backoff_seconds}s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead_letter[each.key].id
    max_delivery_attempts = var.max_delivery_attempts
  }

  expiration_policy {
    ttl = "" # never
  }
}

# In projects older than April 2021 Pub/Sub may not sign as an account before it is told so.
resource "google_service_account_iam_member" "push_token" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.serviceAccountOpenIdTokenCreator"
  member             = local.pubsub_agent
}

resource "google_eventarc_trigger" "sync" {
  for_each = local.triggered

  project         = var.project_id
  location        = var.region
  name            = each.value.name
  labels          = var.labels
  service_account = google_service_account.push.email
  depends_on      = [google_cloud_run_v2_service_iam_member.push, google_service_account_iam_member.push_token]

  matching_criteria {
    attribute = "type"
    value     = "google.cloud.pubsub.topic.v1.messagePublished"
  }

  transport {
    pubsub {
      topic = google_pubsub_topic.source[each.key].id
    }
  }

  destination {
    cloud_run_service {
      service = google_cloudfunctions2_function.sync[each.key].name
      region  = var.region
    }
  }
}

# Eventarc makes a subscription of its own, which Terraform cannot declare; gcloud gives it what the push subscription
# above has. It runs when one of these values changes and cannot see what is changed by hand: the check below can.
resource "terraform_data" "eventarc_subscription" {
  for_each = local.triggered

  # Known only once gcloud is done, so that whoever takes the name from here comes after it.
  input = local.source_subscriptions[each.key]

  triggers_replace = tomap({
    PROJECT           = var.project_id
    SUBSCRIPTION      = local.source_subscriptions[each.key]
    DEAD_LETTER_TOPIC = google_pubsub_topic.dead_letter[each.key].id
    ATTEMPTS          = var.max_delivery_attempts
    MIN_BACKOFF       = "${var.min_backoff_seconds}s"
    MAX_BACKOFF       = "${var.max_backoff_seconds}s"
    ACK_DEADLINE      = var.ack_deadline_seconds
    RETENTION         = "${local.retention_days}d"
  })

  provisioner "local-exec" {
    environment = self.triggers_replace
    command     = <<-EOT
      gcloud pubsub subscriptions update "$SUBSCRIPTION" --project="$PROJECT" --quiet \
        --dead-letter-topic="$DEAD_LETTER_TOPIC" --max-delivery-attempts="$ATTEMPTS" \
        --min-retry-delay="$MIN_BACKOFF" --max-retry-delay="$MAX_BACKOFF" --ack-deadline="$ACK_DEADLINE" \
        --message-retention-duration="$RETENTION" --expiration-period=never
    EOT
  }
}

data "google_pubsub_subscription" "eventarc" {
  for_each = local.triggered

  project = var.project_id
  name    = terraform_data.eventarc_subscription[each.key].output
}

check "eventarc_dead_letter_policy" {
  assert {
    condition = alltrue([
      for lane, subscription in data.google_pubsub_subscription.eventarc :
      one(subscription.dead_letter_policy[*].dead_letter_topic) == google_pubsub_topic.dead_letter[lane].id
    ])
    error_message = "A subscription of Eventarc's has no dead-letter policy any more, so a message that keeps failing will be dropped: run `terraform apply -replace=ADDRESS` with the address of its lane's eventarc_subscription from `terraform state list`."
  }
}
