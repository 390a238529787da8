// What every consumer does first: a service of its own, with one counter token whose codes RFC 4226 prints.
import { createLocalMfaService } from "oath-bridge/mfa";

const SEED_FILE = `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"><KeyPackage>
<DeviceInfo><SerialNo>BOX000000001</SerialNo></DeviceInfo>
<Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
<AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
<Data><Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret><Counter><PlainValue>0</PlainValue></Counter></Data>
</Key></KeyPackage></KeyContainer>`;

export async function openService() {
  const service = await createLocalMfaService();
  await service.importSeeds(SEED_FILE);
  document.body.dataset.runsIn = service.runsIn;
  return service;
}

/** What the page shows once a token is assigned. */
export function enrolledText({ device }) {
  return `Enrolled ${device.deviceName} of ${device.serialNumber}`;
}
