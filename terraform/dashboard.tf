locals {
  # The charts of each lane: what one is called, and its lines.
  charts = { for lane, settings in local.lanes : lane => [
    {
      title = "Attempts by handler and outcome"
      lines = [{
        filter = "${local.of[lane].function} AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.attempts.name}\""
        align  = "ALIGN_DELTA", reduce = "REDUCE_SUM", by = ["metric.label.handler", "metric.label.outcome"], legend = ""
      }]
    },
    {
      title = "Latency of an attempt (ms)"
      lines = [for percentile in ["50", "95", "99"] : {
        filter = "${local.of[lane].function} AND metric.type=\"run.googleapis.com/request_latencies\""
        align  = "ALIGN_DELTA", reduce = "REDUCE_PERCENTILE_${percentile}", by = [], legend = "p${percentile}"
      }]
    },
    {
      title = "Deliveries by answer: everything but success is tried again"
      lines = [{
        filter = "${local.of[lane].source} AND metric.type=\"pubsub.googleapis.com/subscription/push_request_count\""
        align  = "ALIGN_DELTA", reduce = "REDUCE_SUM", by = ["metric.label.response_class"], legend = ""
      }]
    },
    {
      title = "Messages waiting"
      lines = [{
        filter = "${local.of[lane].source} AND metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\""
        align  = "ALIGN_MAX", reduce = "REDUCE_SUM", by = [], legend = "waiting"
      }]
    },
    {
      title = "Age of the oldest message (s)"
      lines = [{
        filter = "${local.of[lane].source} AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
        align  = "ALIGN_MAX", reduce = "REDUCE_MAX", by = [], legend = "age"
      }]
    },
    {
      title = "Dead letters"
      lines = [
        {
          filter = "${local.of[lane].dead_letter} AND metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\""
          align  = "ALIGN_MAX", reduce = "REDUCE_SUM", by = [], legend = "kept"
        },
        {
          filter = "${local.of[lane].source} AND metric.type=\"pubsub.googleapis.com/subscription/dead_letter_message_count\""
          align  = "ALIGN_DELTA", reduce = "REDUCE_SUM", by = [], legend = "given up"
        },
      ]
    },
    {
      title = "Instances (at most ${settings.max_instances})"
      lines = [{
        filter = "${local.of[lane].function} AND metric.type=\"run.googleapis.com/container/instance_count\""
        align  = "ALIGN_MAX", reduce = "REDUCE_SUM", by = ["metric.label.state"], legend = ""
      }]
    },
  ] }

  # Two columns, so that each chart of one lane stands beside that of the other.
  widgets = flatten([for index in range(length(local.charts.orders)) : [
    for lane in ["orders", "catalog"] : {
      title = "${var.lanes == 1 ? "" : "${lane}: "}${local.charts[lane][index].title}"
      lines = local.charts[lane][index].lines
    } if contains(keys(local.lanes), lane)
  ]])
}

locals {
  # A sum of what log lines say can be asked for in PromQL only: https://cloud.google.com/monitoring/promql/promql-mapping
  events_widget = {
    title = "Events a minute by the way they went to Klaviyo"
    xyChart = {
      dataSets = [for way, legend in { single = "one by one", bulk = "in bulk", bulkRequests = "requests in bulk" } : {
        plotType       = "LINE"
        targetAxis     = "Y1"
        legendTemplate = legend
        timeSeriesQuery = {
          prometheusQuery = "sum(increase({\"logging.googleapis.com/user/${google_logging_metric.events[way].name}_sum\",monitored_resource=\"cloud_run_revision\"}[1m]))"
        }
      }]
    }
  }
}

resource "google_monitoring_dashboard" "sync" {
  project = var.project_id

  dashboard_json = jsonencode({
    displayName = var.name
    gridLayout = {
      columns = "2"
      widgets = concat([for chart in local.widgets : {
        title = chart.title
        xyChart = {
          # Google keeps no empty values, so that one sent would be a difference in every plan.
          dataSets = [for line in chart.lines : { for name, value in {
            plotType       = "LINE"
            targetAxis     = "Y1"
            legendTemplate = line.legend
            timeSeriesQuery = {
              timeSeriesFilter = {
                filter = line.filter
                aggregation = { for name, value in {
                  alignmentPeriod    = "60s"
                  perSeriesAligner   = line.align
                  crossSeriesReducer = line.reduce
                  groupByFields      = line.by
                } : name => value if length(value) > 0 }
              }
            }
          } : name => value if length(value) > 0 }]
        }
      }], [local.events_widget])
    }
  })
}
