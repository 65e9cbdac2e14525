"""moto's AWS on a free port, holding what an account has before a repo comes to it.

Its one argument is that in JSON. It prints one line of JSON, the port and the ids of subnets, and ends with its input.
"""

import json
import os
import sys

import boto3
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

world = json.loads(sys.argv[1])


def keep_tags_of_scalable_targets():
    """moto knows none; without an answer Terraform could not read back what it made."""
    tags = {}
    register = ApplicationAutoScalingResponse.register_scalable_target

    def register_scalable_target(self):
        tags.update(self._get_param("Tags") or {})
        return register(self)

    ApplicationAutoScalingResponse.register_scalable_target = register_scalable_target
    ApplicationAutoScalingResponse.list_tags_for_resource = lambda self: json.dumps({"Tags": tags})
    ApplicationAutoScalingResponse.tag_resource = lambda self: "{}"
    ApplicationAutoScalingResponse.untag_resource = lambda self: "{}"


def fill(endpoint):
    def client(service):
        return boto3.client(
            service,
            region_name=world["region"],
            endpoint_url=endpoint,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    if world["zone"]:
        client("route53").create_hosted_zone(Name=world["zone"], CallerReference="before")
    for name, value in world["secrets"].items():
        client("secretsmanager").create_secret(Name=name, SecretString=value)
    for name, value in world["parameters"].items():
        client("ssm").put_parameter(Name=name, Value=value, Type="SecureString")
    return make_network(client("ec2")) if world["network"] else {}


def make_network(ec2):
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": "main"}])
    subnets = {"public": [], "private": []}
    for index, (tier, zone) in enumerate([(tier, zone) for tier in subnets for zone in "ab"]):
        made = ec2.create_subnet(
            VpcId=vpc, CidrBlock=f"10.9.{index}.0/24", AvailabilityZone=world["region"] + zone
        )["Subnet"]["SubnetId"]
        ec2.create_tags(Resources=[made], Tags=[{"Key": "Tier", "Value": tier}])
        subnets[tier].append(made)
    return subnets


keep_tags_of_scalable_targets()
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
host, port = server.get_host_and_port()
subnets = fill(f"http://{host}:{port}")
print(json.dumps({"port": port, "subnets": subnets}), flush=True)
# Whoever started this is gone when nobody can write any more, however it went.
sys.stdin.read()
# Not by `stop`, which waits for connections that are kept open.
os._exit(0)
