"""Why a signed file is refused: to who signs, with what helps; to anybody else, as a fact."""

from __future__ import annotations

from consultazione.core.errors import Sentence
from consultazione.core.sentences import LazySentence as _
from consultazione.documents.validation.told import Fault

_NEITHER = _("This is neither a signed PDF nor a .p7m file: choose the file that you signed.")

# What the person who hands the file in is told.
SENTENCES: dict[Fault, Sentence] = {
    Fault.NOT_PDF: _NEITHER,
    Fault.NOT_P7M: _NEITHER,
    Fault.UNREADABLE: _(
        "The file is damaged and cannot be read: sign the copy again and hand in the new file."
    ),
    Fault.COSTLY: _(
        "Checking this file takes too much time or memory, so it was given up. Sign the copy "
        "again, with another program if need be."
    ),
    Fault.ENCRYPTED: _(
        "The PDF is protected by a password: sign the copy without protecting it, and hand it in."
    ),
    Fault.SCRIPTS: _(
        "There is a script (JavaScript) in this PDF, which no document to be signed may have. "
        "Download the copy to be signed from this page and sign that very file."
    ),
    Fault.OTHER_DOCUMENT: _(
        "What is signed here is not this document. Download the copy to be signed from this page "
        "and sign that very file, without printing it to a new PDF or saving it anew before."
    ),
    Fault.UNSIGNED: _(
        "There is no signature in this file: sign it with your program, then hand it in."
    ),
    Fault.SEVERAL: _(
        "There is more than one signature in this file. Each person signs a copy of their own: "
        "download it from this page and hand it in with your signature alone."
    ),
    Fault.NOT_WHOLE: _(
        "The signature does not cover the whole file. Sign the copy again and hand in the new file."
    ),
    Fault.CHANGED_BEFORE: _(
        "Something was added to the document before it was signed. Download the copy to be signed "
        "from this page again and sign it as it is."
    ),
    Fault.CHANGED_AFTER: _(
        "The file was changed after it was signed, by a comment for instance. Hand in the file as "
        "it was right after signing."
    ),
    Fault.BROKEN: _(
        "The signature does not fit the file: it was altered or damaged. Sign the copy again and "
        "hand in the new file."
    ),
    Fault.EXPIRED: _(
        "The certificate of the signature was not valid when it was used, or no trusted time stamp "
        "proves that it still was. Sign again with a certificate that is valid today."
    ),
    Fault.REVOKED: _(
        "The certificate of the signature has been revoked. Sign again with one that is valid."
    ),
    Fault.UNKNOWN_ISSUER: _(
        "This site does not know who issued the certificate of the signature. Sign with a "
        "qualified certificate of an issuer on the European trusted lists."
    ),
    Fault.NOT_FOR_SIGNING: _(
        "The certificate is not made for signing documents (it may be the one for signing in). "
        "Choose your signature certificate in the program and sign again."
    ),
    Fault.WEAK: _(
        "The signature uses a method that is not safe any more (such as SHA-1). Sign again with an "
        "up-to-date program."
    ),
}
# What is told to whoever checks somebody else's file: the end of a sentence.
FACTS: dict[Fault, Sentence] = {
    Fault.UNREADABLE: _("the file is damaged and cannot be read."),
    Fault.COSTLY: _("checking it takes too much time or memory, so it was given up."),
    Fault.ENCRYPTED: _("the PDF is protected by a password."),
    Fault.SCRIPTS: _("there is a script (JavaScript) in the PDF."),
    Fault.OTHER_DOCUMENT: _("what is signed is not this document."),
    Fault.UNSIGNED: _("there is no signature in the file."),
    Fault.SEVERAL: _("there is more than one signature in the file."),
    Fault.NOT_WHOLE: _("it does not cover the whole file."),
    Fault.CHANGED_BEFORE: _("something was added to the document before it was signed."),
    Fault.CHANGED_AFTER: _("the file was changed after it was signed."),
    Fault.BROKEN: _("it does not fit the file, which was altered or damaged."),
    Fault.EXPIRED: _(
        "its certificate was not valid when it was used, or no trusted time stamp proves that it "
        "still was."
    ),
    Fault.REVOKED: _("its certificate has been revoked."),
    Fault.UNKNOWN_ISSUER: _("this site does not know who issued its certificate."),
    Fault.NOT_FOR_SIGNING: _("its certificate is not made for signing documents."),
    Fault.WEAK: _("it uses a method that is not safe any more (such as SHA-1)."),
}


def told_of(fault: Fault) -> Sentence:
    """What anybody is told of a file that a fault was found in."""
    if fault not in FACTS:
        return SENTENCES[fault]
    return _("The signature is not in order: %(fact)s", fact=FACTS[fault])
