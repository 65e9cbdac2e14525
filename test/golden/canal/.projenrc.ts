// Renders this repo again from grpc-aws.json, which is the file to change: npx projen
import { GrpcServiceProject } from 'create-grpc-aws/projen';
new GrpcServiceProject().synth();
