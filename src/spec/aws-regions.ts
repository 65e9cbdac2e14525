/** The regions of AWS, and which one a mistyped one was meant to be. */
import { findNearest } from './find-nearest.ts';

/**
 * Those of the commercial partition, with their places. Each has ECS, Elastic Load Balancing, ECR, ACM, CloudWatch Logs,
 * Secrets Manager and SSM.
 * Source: botocore 1.44.5, botocore/data/endpoints.json, partition `aws` (read 2026-11-20).
 */
export const awsRegions: Readonly<Record<string, string>> = {
  'af-south-1': 'Africa (Cape Town)',
  'ap-east-1': 'Asia Pacific (Hong Kong)',
  'ap-east-2': 'Asia Pacific (Taipei)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-northeast-2': 'Asia Pacific (Seoul)',
  'ap-northeast-3': 'Asia Pacific (Osaka)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'ap-south-2': 'Asia Pacific (Hyderabad)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'ap-southeast-3': 'Asia Pacific (Jakarta)',
  'ap-southeast-4': 'Asia Pacific (Melbourne)',
  'ap-southeast-5': 'Asia Pacific (Malaysia)',
  'ap-southeast-6': 'Asia Pacific (New Zealand)',
  'ap-southeast-7': 'Asia Pacific (Thailand)',
  'ca-central-1': 'Canada (Central)',
  'ca-west-1': 'Canada West (Calgary)',
  'eu-central-1': 'Europe (Frankfurt)',
  'eu-central-2': 'Europe (Zurich)',
  'eu-north-1': 'Europe (Stockholm)',
  'eu-south-1': 'Europe (Milan)',
  'eu-south-2': 'Europe (Spain)',
  'eu-west-1': 'Europe (Ireland)',
  'eu-west-2': 'Europe (London)',
  'eu-west-3': 'Europe (Paris)',
  'il-central-1': 'Israel (Tel Aviv)',
  'me-central-1': 'Middle East (UAE)',
  'me-south-1': 'Middle East (Bahrain)',
  'mx-central-1': 'Mexico (Central)',
  'sa-east-1': 'South America (Sao Paulo)',
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
};

/** How the regions of the other partitions begin (the same source). */
const otherPartitions = /^(?:cn|us-gov|us-isob?|eu-isoe|eusc)-/i;

/** How to mend a region that is none: by its name, or by the place that was meant. */
export function suggestRegion(value: string): string {
  if (otherPartitions.test(value)) return 'It is in a partition of AWS of its own, where this version does not deploy';
  const ids = Object.keys(awsRegions);
  const word = value.trim().toLowerCase();
  const there = ids.find((id) => word.length > 2 && awsRegions[id]!.toLowerCase().includes(word));
  const meant = there ?? findNearest(value.trim(), ids);
  return meant ? `Did you mean ${meant}?` : `Known are ${ids.join(', ')}`;
}
