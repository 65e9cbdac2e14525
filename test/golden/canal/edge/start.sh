#!/bin/sh
# nginx, and what it does when it is told to stop: it goes on for PRE_STOP seconds, until the load balancer sends no
# more, and then takes no new connections and finishes its calls.
set -u

nginx -g 'daemon off;' &
nginx=$!
stopping=

finish() {
  trap '' TERM QUIT
  stopping=yes
  sleep "${PRE_STOP:-0}"
  kill -QUIT "$nginx"
}

# Ctrl-C does not wait.
finish_now() {
  stopping=yes
  kill -QUIT "$nginx"
}

trap finish TERM QUIT
trap finish_now INT

wait "$nginx"
status=$?
# A signal ends that wait, whatever nginx does.
if [ -n "$stopping" ]; then
  wait "$nginx"
  status=$?
fi
exit "$status"
