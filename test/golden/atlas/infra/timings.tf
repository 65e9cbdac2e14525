# The timing chain. Each number holds back another one in a second place, so all of them stand here, in seconds.
# A plan refuses numbers that break a law.
locals {
  timings = {
    # The load balancer forgets a stream on which no message passes; PING frames do not count.
    edge_idle = 300
    # A client has to connect anew after this, and finds other load balancer nodes and replicas.
    client_keep_alive = 1800

    # A quiet connection is closed by the server before the load balancer drops it in silence.
    connection_idle = 240
    # The server asks for a new connection after this, so that replicas which came later get calls ...
    connection_age = 1800
    # ... and open calls get this long to end: the longest stream that is promised.
    connection_age_grace = 600

    # How fast a replica that hangs is noticed: interval x unhealthy.
    health_interval = 5
    health_timeout  = 3
    healthy         = 2
    unhealthy       = 2
    # A new replica's failing checks do not count for this long.
    health_start = 10
    health_grace = 30

    # After SIGTERM a server says NOT_SERVING and serves on, until everybody has noticed. ECS has no hook for this.
    pre_stop = 12
    # Then open calls get this long.
    drain = 15
    # Then the last traces, if there are any: the server waits no longer, whatever the collector does.
    flush = 1
    # Fargate kills what is left; 120 is its maximum.
    stop = 40
    # How long a target that ECS takes out keeps its open calls. AWS's default of 300 only makes rollouts slow.
    deregistration = 30
  }

  timing_laws = {
    "health_timeout <= health_interval"                        = local.timings.health_timeout <= local.timings.health_interval
    "health_interval * unhealthy < pre_stop"                   = local.timings.health_interval * local.timings.unhealthy < local.timings.pre_stop
    "health_start + health_interval * healthy <= health_grace" = local.timings.health_start + local.timings.health_interval * local.timings.healthy <= local.timings.health_grace
    "pre_stop + drain + flush < stop <= 120"                   = local.timings.pre_stop + local.timings.drain + local.timings.flush < local.timings.stop && local.timings.stop <= 120
    "pre_stop + drain <= deregistration"                       = local.timings.pre_stop + local.timings.drain <= local.timings.deregistration
    "connection_idle < edge_idle"                              = local.timings.connection_idle < local.timings.edge_idle
    "300 <= edge_idle <= 4000"                                 = 300 <= local.timings.edge_idle && local.timings.edge_idle <= 4000
    "60 <= client_keep_alive <= 604800"                        = 60 <= local.timings.client_keep_alive && local.timings.client_keep_alive <= 604800
    "drain <= connection_age_grace"                            = local.timings.drain <= local.timings.connection_age_grace
    "0 < connection_age"                                       = 0 < local.timings.connection_age
  }
  broken_timing_laws = [for law, holds in local.timing_laws : law if !holds]
}
