"""A passkey in software: what a browser and its key would answer to the options of a page."""

import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAGS = AuthenticatorData.FLAG
HOST = "testserver"


class Passkey:
    """`is_person_known`: it asks for its PIN or a finger, so it stands for two factors."""

    def __init__(self, *, is_person_known: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(str(id(self)).encode()).digest()
        self.flags = FLAGS.UP | (FLAGS.UV if is_person_known else 0)
        self.owner = ""

    def register(self, options: dict[str, Any]) -> dict[str, Any]:
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        key = AttestedCredentialData.create(
            b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        said = self.client_data(CollectedClientData.TYPE.CREATE, asked["challenge"])
        about = AuthenticatorData.create(host_hash(), self.flags | FLAGS.AT, 0, key)
        statement = AttestationObject.create("none", about, {})
        return self.answer(said, attestationObject=websafe_encode(bytes(statement)))

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        said = self.client_data(CollectedClientData.TYPE.GET, options["publicKey"]["challenge"])
        about = AuthenticatorData.create(host_hash(), self.flags, 1)
        signature = self.key.sign(bytes(about) + said.hash, ec.ECDSA(SHA256()))
        return self.answer(
            said,
            authenticatorData=websafe_encode(bytes(about)),
            signature=websafe_encode(signature),
            userHandle=self.owner,
        )

    def client_data(self, kind: Any, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, f"https://{HOST}")

    def answer(self, said: CollectedClientData, **more: str) -> dict[str, Any]:
        response = {"clientDataJSON": websafe_encode(bytes(said))} | more
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }


def host_hash() -> bytes:
    return hashlib.sha256(HOST.encode()).digest()
