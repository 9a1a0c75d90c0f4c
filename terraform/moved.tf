# Where a state of before there were lanes has what the first lane has now: a plan of it makes nothing anew.

moved {
  from = google_pubsub_topic.source
  to   = google_pubsub_topic.source["orders"]
}

moved {
  from = google_pubsub_topic_iam_member.commercetools
  to   = google_pubsub_topic_iam_member.commercetools["orders"]
}

moved {
  from = google_pubsub_topic.dead_letter
  to   = google_pubsub_topic.dead_letter["orders"]
}

moved {
  from = google_pubsub_subscription.dead_letter
  to   = google_pubsub_subscription.dead_letter["orders"]
}

moved {
  from = google_pubsub_topic_iam_member.dead_letter_publisher
  to   = google_pubsub_topic_iam_member.dead_letter_publisher["orders"]
}

moved {
  from = google_pubsub_subscription_iam_member.dead_letter_subscriber
  to   = google_pubsub_subscription_iam_member.dead_letter_subscriber["orders"]
}

moved {
  from = google_cloudfunctions2_function.sync
  to   = google_cloudfunctions2_function.sync["orders"]
}

moved {
  from = google_cloud_run_v2_service_iam_member.push
  to   = google_cloud_run_v2_service_iam_member.push["orders"]
}

moved {
  from = google_pubsub_subscription.push[0]
  to   = google_pubsub_subscription.push["orders"]
}

moved {
  from = google_eventarc_trigger.sync[0]
  to   = google_eventarc_trigger.sync["orders"]
}

moved {
  from = terraform_data.eventarc_subscription[0]
  to   = terraform_data.eventarc_subscription["orders"]
}

moved {
  from = google_monitoring_alert_policy.dead_letter
  to   = google_monitoring_alert_policy.dead_letter["orders"]
}

moved {
  from = google_monitoring_alert_policy.dead_letter_expiring
  to   = google_monitoring_alert_policy.dead_letter_expiring["orders"]
}

moved {
  from = google_monitoring_alert_policy.oldest_message
  to   = google_monitoring_alert_policy.oldest_message["orders"]
}

moved {
  from = google_monitoring_alert_policy.error_ratio
  to   = google_monitoring_alert_policy.error_ratio["orders"]
}

moved {
  from = google_monitoring_alert_policy.silence[0]
  to   = google_monitoring_alert_policy.silence["orders"]
}
