"""What the application says of itself in its Info.plist; each key by its name at developer.apple.com."""

from typing import Any

from coachdesk import NAME, __version__
from coachdesk.exchange.archive import ENDING
from installer import ARCHIVE_MIME, identity

IDENTIFIER = identity.ID
ARCHIVE = f"{identity.ID.rpartition('.')[0]}.archive"
"""The type of our archives (Uniform Type Identifier), ours to declare."""
OLDEST = "13.0"
"""The oldest macOS for which the wheels of Qt for Python are made (PySide6-Essentials 6.11, macosx_13_0_universal2)."""

KEYS: dict[str, Any] = {
    "CFBundleIdentifier": IDENTIFIER,
    "CFBundleName": NAME,
    "CFBundleDisplayName": NAME,
    "CFBundleExecutable": "coachdesk-window",
    "CFBundlePackageType": "APPL",
    "CFBundleShortVersionString": __version__,
    "CFBundleVersion": __version__,
    "CFBundleDevelopmentRegion": "en",
    "NSHumanReadableCopyright": f"Copyright © 2026 The {NAME} authors. MIT licence.",
    "LSApplicationCategoryType": "public.app-category.productivity",
    "LSMinimumSystemVersion": OLDEST,
    "LSBackgroundOnly": False,  # PyInstaller says True of a bundle with a program for the terminal in it
    "NSHighResolutionCapable": True,
    "NSPrincipalClass": "NSApplication",
    "NSRequiresAquaSystemAppearance": False,  # a dark appearance too
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": f"{NAME} archive",
            "CFBundleTypeRole": "Viewer",  # it is brought in, never written back
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [ARCHIVE],
        }
    ],
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": ARCHIVE,
            "UTTypeDescription": f"{NAME} archive",
            "UTTypeConformsTo": ["public.data"],  # under a passphrase it is no zip
            "UTTypeTagSpecification": {
                "public.filename-extension": [ENDING.removeprefix(".")],
                "public.mime-type": [ARCHIVE_MIME],
            },
        }
    ],
}
"""None of the keys ``NS…UsageDescription``: nothing of ours asks for the microphone, the camera, the calendar or to
control other programs. Focus mode hides programs by AppKit, and runs the person's own shortcuts by a command."""
