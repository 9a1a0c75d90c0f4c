locals {
  # The one list of what the handlers need; a test holds it against the handlers' own. Beside the zip is the list of one with an
  # extension that adds handlers.
  of_extension  = "${dirname(var.source_zip)}/subscriptions.json"
  subscriptions = jsondecode(file(fileexists(local.of_extension) ? local.of_extension : "${path.module}/subscriptions.json"))
  switched_on   = { for type, needs in local.subscriptions : type => needs if lookup(var.sync, type, true) }

  scopes = [
    for scope in concat(
      ["view_customers", "view_orders", "view_payments", "view_products", "view_published_products"],
      anytrue([for of in [local.switched_on, local.ticks] : contains(keys(of), "standalone-price")]) ? ["view_standalone_prices"] : [],
      contains(keys(local.switched_on), "customer") ? ["view_types", "view_customer_groups"] : [],
      anytrue([for type in ["order", "payment"] : contains(keys(local.switched_on), type)]) ? ["view_discount_codes"] : [],
      contains(keys(local.switched_on), "key-value-document") ? ["view_key_value_documents"] : [],
    ) : "${scope}:${var.commercetools_project_key}"
  ]
}

resource "commercetools_api_client" "sync" {
  count = local.make_client ? 1 : 0

  name  = var.name
  scope = local.scopes

  lifecycle {
    create_before_destroy = true
  }
}

# commercetools publishes a test message when a subscription is made, so its permission comes first; and a message
# published before the topic has a subscription of its own is lost, so the way to the function comes first as well. With
# another lane the destination is changed in place: at every moment a resource is reported to one topic or the other.
resource "commercetools_subscription" "sync" {
  for_each = local.switched_on

  key = "${var.name}-${each.key}"

  destination {
    type       = "GoogleCloudPubSub"
    project_id = var.project_id
    topic      = google_pubsub_topic.source[local.lane_of[each.key]].name
  }

  dynamic "message" {
    for_each = length(each.value.messages) > 0 ? [each.value.messages] : []

    content {
      resource_type_id = each.key
      types            = message.value
    }
  }

  dynamic "changes" {
    for_each = each.value.changes ? [each.key] : []

    content {
      resource_type_ids = [changes.value]
    }
  }

  depends_on = [
    google_pubsub_topic_iam_member.commercetools,
    google_pubsub_subscription.push,
    google_cloud_run_v2_service_iam_member.push,
    google_pubsub_topic_iam_member.dead_letter_publisher,
    google_pubsub_subscription_iam_member.dead_letter_subscriber,
    terraform_data.eventarc_subscription,
  ]
}
