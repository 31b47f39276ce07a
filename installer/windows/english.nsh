; What the Windows installer and uninstaller say, in English, the language of the program.

LangString PROGRAM_PART ${LANG_ENGLISH} "CoachDesk"
LangString PROGRAM_TOLD ${LANG_ENGLISH} "The program, its place in the start menu, and archives that open with a double click."
LangString LOGIN_PART ${LANG_ENGLISH} "Start with the computer"
LangString LOGIN_TOLD ${LANG_ENGLISH} "CoachDesk then waits, minimised, until you need it. You can change this in its settings at any time."
LangString ARCHIVE_TOLD ${LANG_ENGLISH} "CoachDesk archive"

LangString TOO_OLD ${LANG_ENGLISH} "CoachDesk needs Windows 10 from version 1809 on, or Windows 11. Nothing was changed."
LangString FOREIGN_FOLDER ${LANG_ENGLISH} "There are other files in the folder $INSTDIR, so CoachDesk is not installed there. Nothing was changed."

LangString CLOSING ${LANG_ENGLISH} "Asking the open CoachDesk to close"
LangString STILL_OPEN ${LANG_ENGLISH} "CoachDesk is still open. A session may be running, or its window asks you something.$\r$\n$\r$\nClose it, then choose Retry. With Cancel, everything stays as it is."
LangString STAYED_OPEN ${LANG_ENGLISH} "CoachDesk is still open. Nothing was changed."

LangString UNPACKING ${LANG_ENGLISH} "Unpacking beside the version you have"
LangString TRYING ${LANG_ENGLISH} "Looking whether it starts on this computer"
LangString DOES_NOT_START ${LANG_ENGLISH} "This CoachDesk does not start on this computer ($0). What was installed before is still there and unchanged."
LangString REPLACING ${LANG_ENGLISH} "Putting it in its place"
LangString NOT_REPLACED ${LANG_ENGLISH} "Windows did not let the installed CoachDesk be replaced; another program may be using its files. What was installed before is back in its place."
LangString NOT_BACK ${LANG_ENGLISH} "Windows did not let the installed CoachDesk be replaced, nor all of it be put back. Please start this installer again after you have restarted the computer. Your records are not affected."
LangString TOO_DEEP ${LANG_ENGLISH} "CoachDesk lies too deep in the folders of this computer to be started by Windows at login."

LangString PUTTING_BACK ${LANG_ENGLISH} "Putting back what focus mode changed on this computer"
LangString NOT_PUT_BACK ${LANG_ENGLISH} "Not everything that focus mode changed on this computer could be put back:$\r$\n$\r$\n$1$\r$\n$\r$\nUninstall CoachDesk all the same?"
LangString CANNOT_ASK ${LANG_ENGLISH} "The installed program cannot be started any more ($0)."
LangString STAYS ${LANG_ENGLISH} "CoachDesk stays installed, so that it can put back what focus mode changed. Nothing was removed."

LangString RECORDS_HEAD ${LANG_ENGLISH} "Your records"
LangString RECORDS_SUBHEAD ${LANG_ENGLISH} "CoachDesk will be removed. What is to become of your records?"
LangString RECORDS_WHERE ${LANG_ENGLISH} "Records, settings and backups on this computer are in the folder$\r$\n$LOCALAPPDATA\CoachDesk$\r$\n$\r$\nRecords that you keep in another folder or on a USB stick stay there in any case."
LangString RECORDS_KEEP ${LANG_ENGLISH} "&Keep my records. A CoachDesk installed later finds them again."
LangString RECORDS_DELETE ${LANG_ENGLISH} "&Delete my records, settings and backups in this folder."
LangString RECORDS_SURE ${LANG_ENGLISH} "Delete all records of your clients and sessions, and the backups beside them, from$\r$\n$LOCALAPPDATA\CoachDesk?$\r$\n$\r$\nNobody can bring them back afterwards, not even with your passphrase or recovery code. Only an archive or a backup that you keep elsewhere would remain."
LangString RECORDS_LEFT ${LANG_ENGLISH} "Something is left in $LOCALAPPDATA\CoachDesk: files that CoachDesk did not make, links to other folders, or what another program is using. Please look at this folder yourself."
