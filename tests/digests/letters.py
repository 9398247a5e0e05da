"""Mails that come to us, made as mail programs and mail hosts make them; and where they lie."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import make_msgid
from mailbox import Maildir
from pathlib import Path
from threading import Thread


def wish(subject: str, text: str = "") -> EmailMessage:
    """What a mail program sends when a reader presses "unsubscribe"."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "reader0@example.org", "unsubscribe@example.net", subject
    mail["Message-ID"] = make_msgid(domain="reader.example")
    mail.set_content(text)
    return mail


def bounce(
    message_id: str, status: str, said: str, *, action: str = "failed", headers_only: bool = False
) -> Message:
    """A delivery status notification (RFC 3464) as a plain mail host writes it."""
    host, recipient = Message(), Message()
    host["Reporting-MTA"] = "dns; mx.example.org"
    recipient["Final-Recipient"], recipient["Action"] = "rfc822; reader0@example.org", action
    recipient["Status"], recipient["Diagnostic-Code"] = status, f"smtp; {said}"
    fields = Message()
    fields.add_header("Content-Type", "message/delivery-status")
    fields.set_payload([host, recipient])
    return report("delivery-status", fields, message_id, headers_only=headers_only)


def complaint(message_id: str, kind: str = "abuse") -> Message:
    """A feedback report (RFC 5965)."""
    said = Message()
    said["Feedback-Type"], said["User-Agent"], said["Version"] = kind, "Invented/1", "1"
    fields = MIMEMessage(said, "feedback-report")
    return report("feedback-report", fields, message_id)


def report(kind: str, fields: Message, message_id: str, *, headers_only: bool = False) -> Message:
    returned = EmailMessage()
    returned["Message-ID"], returned["Subject"] = f"<{message_id}@localhost.localdomain>", "Amber 4"
    returned.set_content("The digest")
    mail = MIMEMultipart("report", report_type=kind)
    mail["From"], mail["To"], mail["Subject"] = (
        "MAILER-DAEMON@mx.example.org",
        "digest@example.net",
        "Undelivered",
    )
    mail["Message-ID"] = make_msgid(domain="mx.example.org")
    mail.attach(MIMEText("I am sorry to have to inform you …"))
    mail.attach(fields)
    if headers_only:
        mail.attach(MIMEText(f"Message-ID: {returned['Message-ID']}\nSubject: Amber 4\n", "rfc822-headers"))
    else:
        mail.attach(MIMEMessage(returned))
    return mail


def put(folder: Path, *mails: Message | bytes) -> None:
    box = Maildir(folder)
    for mail in mails:
        box.add(mail)


class ImapHost(socketserver.StreamRequestHandler):
    """As much of IMAP as reading unread mail needs; `mails` by UID, `seen` what was marked."""

    mails: dict[int, bytes]
    seen: set[int]

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, *words = line.decode().split()
            command = " ".join(words).upper()
            if command.startswith("LOGIN") and words[-1] != '"secret"':
                self.wfile.write(f"{tag} NO wrong\r\n".encode())
                continue
            self.answer(command, words)
            self.wfile.write(f"{tag} OK done\r\n".encode())

    def answer(self, command: str, words: list[str]) -> None:
        if command.startswith("CAPABILITY"):
            self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
        elif command.startswith("UID SEARCH"):
            unread = " ".join(str(uid) for uid in sorted(set(self.mails) - self.seen))
            self.wfile.write(f"* SEARCH {unread}\r\n".encode())
        elif command.startswith("UID FETCH"):
            raw = self.mails[int(words[2])]
            head = f"* 1 FETCH (UID {words[2]} BODY[]<0> {{{len(raw)}}}\r\n".encode()
            self.wfile.write(head + raw + b")\r\n")
        elif command.startswith("UID STORE"):
            self.seen.add(int(words[2]))


@contextmanager
def imap_host(*mails: Message) -> Iterator[tuple[int, type[ImapHost]]]:
    """On a free port of loopback: the port, and the class that holds what is there."""
    kept = {"mails": {number: mail.as_bytes() for number, mail in enumerate(mails, 7)}, "seen": set[int]()}
    handler = type("Filled", (ImapHost,), kept)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_address[1], handler
        finally:
            server.shutdown()
            thread.join()
