# A lane is a topic, the way from it to a function of its own, and what that function gives up. With one, "orders" takes
# everything; with two, prices and stock wait in "catalog", and no order waits behind them.
#
# "orders" has the names that a deployment had before there were lanes, so a second lane is added and nothing is replaced.

locals {
  lanes = {
    for lane, settings in {
      orders = {
        name            = var.name
        memory          = var.memory
        concurrency     = var.concurrency
        min_instances   = var.min_instances
        max_instances   = var.max_instances
        silence_seconds = var.alert_silence_seconds
      }
      catalog = {
        name            = "${var.name}-catalog"
        memory          = coalesce(var.catalog_lane.memory, var.memory)
        concurrency     = var.catalog_lane.concurrency
        min_instances   = var.catalog_lane.min_instances
        max_instances   = var.catalog_lane.max_instances
        silence_seconds = var.catalog_lane.alert_silence_seconds
      }
    } : lane => settings if lane == "orders" || var.lanes == 2
  }

  # Where commercetools reports each resource type. A lane that is drained is still there, and nothing new comes to it.
  lane_of = {
    for type, needs in local.subscriptions : type => var.lanes == 2 && !var.catalog_lane.drain ? needs.lane : "orders"
  }
}
