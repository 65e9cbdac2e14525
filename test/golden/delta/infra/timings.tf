# The timing chain. Each number holds back another one in a second place, so all of them stand here, in seconds.
# A plan refuses numbers that break a law. It does not read edge/nginx.conf, which has connection_idle, connection_age
# and hop_drain too, and numbers of its own: change them in both.
locals {
  timings = {
    # The load balancer forgets a connection on which nothing passes; with TLS it cannot be told otherwise than 350.
    edge_idle = 350

    # A quiet connection is closed by nginx, and by the server, before the load balancer drops it in silence.
    connection_idle = 240
    # Both ask for a new connection after this, so that tasks which came later get calls ...
    connection_age = 1800
    # ... and open calls get this long to end: the longest stream that is promised.
    connection_age_grace = 600

    # How fast a container that hangs is noticed: interval x unhealthy.
    health_interval = 5
    health_timeout  = 3
    healthy         = 2
    unhealthy       = 2
    # A new container's failing checks do not count for this long.
    health_start = 10
    health_grace = 30

    # The load balancer goes on sending new connections for so long after a task was taken out, whatever it is told ...
    removal = 120
    # ... so ECS waits for this long between taking a task out and stopping it.
    deregistration = 120

    # nginx is stopped first: it goes on for this long ...
    hop_pre_stop = 12
    # ... and then finishes its calls: worker_shutdown_timeout of edge/nginx.conf ...
    hop_drain = 15
    # ... until Fargate kills it.
    hop_stop = 40
    # After SIGTERM a server says NOT_SERVING and serves on, longer than nginx has calls for it. ECS has no hook for this.
    pre_stop = 30
    # Then open calls get this long.
    drain = 15
    # Then the last traces, if there are any: the server waits no longer, whatever the collector does.
    flush = 1
    # Fargate kills what is left; 120 is its maximum.
    stop = 60
  }

  timing_laws = {
    "health_timeout <= health_interval"                        = local.timings.health_timeout <= local.timings.health_interval
    "health_interval * unhealthy < hop_pre_stop"               = local.timings.health_interval * local.timings.unhealthy < local.timings.hop_pre_stop
    "health_start + health_interval * healthy <= health_grace" = local.timings.health_start + local.timings.health_interval * local.timings.healthy <= local.timings.health_grace
    "hop_pre_stop + hop_drain < hop_stop <= 120"               = local.timings.hop_pre_stop + local.timings.hop_drain < local.timings.hop_stop && local.timings.hop_stop <= 120
    "hop_pre_stop + hop_drain <= pre_stop"                     = local.timings.hop_pre_stop + local.timings.hop_drain <= local.timings.pre_stop
    "pre_stop + drain + flush < stop <= 120"                   = local.timings.pre_stop + local.timings.drain + local.timings.flush < local.timings.stop && local.timings.stop <= 120
    "pre_stop + drain <= deregistration"                       = local.timings.pre_stop + local.timings.drain <= local.timings.deregistration
    "removal <= deregistration"                                = local.timings.removal <= local.timings.deregistration
    "connection_idle < edge_idle"                              = local.timings.connection_idle < local.timings.edge_idle
    "edge_idle == 350"                                         = local.timings.edge_idle == 350
    "drain <= connection_age_grace"                            = local.timings.drain <= local.timings.connection_age_grace
    "0 < connection_age"                                       = 0 < local.timings.connection_age
  }
  broken_timing_laws = [for law, holds in local.timing_laws : law if !holds]
}
