; CoachDesk for one person on Windows, without an administrator: install, upgrade in place, uninstall.
;
; Compiled by `python -m installer nsis`, which names everything in given.nsh: the files, the version, and the names
; that the program itself uses. The new version is unpacked beside the old one and tried; only then do they change
; places, and the old one goes when the new one stands. Exit codes beside those of NSIS (0 done, 1 cancelled, 2 failed):

!define STILL_OPEN_CODE 3
!define DOES_NOT_START_CODE 4
!define NOT_REPLACED_CODE 5
!define NOT_PUT_BACK_CODE 6

Target amd64-unicode  ; as all of Qt for Python is; also a program of 64 bits sees the registry as CoachDesk does
!include "${GIVEN}"

!addincludedir "${__FILEDIR__}"
!include "LogicLib.nsh"
!include "MUI2.nsh"
!include "Sections.nsh"
!include "WinVer.nsh"
!include "Win\COM.nsh"
!include "Win\Propkey.nsh"

Name "${NAME}"
OutFile "${OUTPUT}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"  ; without /D= too; NSIS passes over a lost disk
RequestExecutionLevel user
SetCompressor /SOLID /FINAL lzma
SetCompressorDictSize 32
SetDateSave off  ; else the same content would make another installer on another day
AllowSkipFiles off
CRCCheck force
ManifestDPIAware true
ManifestLongPathAware true
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME}, installer"
VIAddVersionKey "CompanyName" "${AUTHORS}"
VIAddVersionKey "LegalCopyright" "${COPYRIGHT}"

!ifdef SIGN
  !finalize `${SIGN} "%1"`
  !uninstfinalize `${SIGN} "%1"`
!endif

!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define ALLOWED "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define CLASSES "Software\Classes"
!define PROGID "${NAME}.Archive"
!define FIRST_BUILD 17763  ; Windows 10 version 1809, the oldest that Qt 6 supports
!define WINDOW "coachdesk-window.exe"
!define CONSOLE "coachdesk.exe"
!define PATIENCE 60000  ; milliseconds for the program to answer
!define NEW "new~"
!define OLD "old~"
!define GONE "gone~"

Var Failed     ; 1 once Windows refused a step of the replacement
Var Placing    ; 1 once everything old is aside
Var Records    ; "delete" where the person wants that
Var DeleteButton

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.RecordsPage un.RecordsLeft
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!include "english.nsh"
!include "running.nsh"
!include "deleting.nsh"

; --- Replacing ------------------------------------------------------------------------------------------------------

!macro EACH_OF_OURS DO
  !insertmacro EACH_ITEM ${DO}
  !insertmacro ${DO} "uninstall.exe"
!macroend

!macro MOVE FROM TO
  ${If} $Failed = 0
  ${AndIf} ${FileExists} "${FROM}"
    ClearErrors
    Rename "${FROM}" "${TO}"
    ${If} ${Errors}
      StrCpy $Failed 1
    ${EndIf}
  ${EndIf}
!macroend

!macro DELETE_ITEM ITEM
  !insertmacro DELETE_WHOLE "" "$INSTDIR\${ITEM}"
!macroend

!macro SET_ASIDE ITEM
  !insertmacro MOVE "$INSTDIR\${ITEM}" "$INSTDIR\${OLD}\${ITEM}"
!macroend

!macro PUT_IN_PLACE ITEM
  !insertmacro MOVE "$INSTDIR\${NEW}\${ITEM}" "$INSTDIR\${ITEM}"
!macroend

!macro BRING_BACK ITEM
  ${If} ${FileExists} "$INSTDIR\${OLD}\${ITEM}"
    !insertmacro DELETE_ITEM "${ITEM}"
    !insertmacro MOVE "$INSTDIR\${OLD}\${ITEM}" "$INSTDIR\${ITEM}"
  ${EndIf}
!macroend

; Bring back what is aside, as after a computer that went off halfway, and forget what was only unpacked.
Function BringBack
  StrCpy $Failed 0
  ${If} $Placing = 1
    !insertmacro EACH_OF_OURS DELETE_ITEM
    StrCpy $Placing 0
  ${EndIf}
  !insertmacro EACH_OF_OURS BRING_BACK
  SetOutPath "$TEMP"  ; nobody can delete the folder that a program works in
  !insertmacro DELETE_ITEM "${NEW}"
  !insertmacro DELETE_ITEM "${GONE}"
  RMDir "$INSTDIR\${OLD}"
  RMDir "$INSTDIR"
FunctionEnd

Function Unpack
  DetailPrint "$(UNPACKING)"
  !insertmacro UNPACK "$INSTDIR\${NEW}"
  SetOutPath "$TEMP"
  WriteUninstaller "$INSTDIR\${NEW}\uninstall.exe"
FunctionEnd

Function Try
  DetailPrint "$(TRYING)"
  nsExec::ExecToStack /TIMEOUT=${PATIENCE} '"$INSTDIR\${NEW}\${CONSOLE}" --version'
  Pop $0
  Pop $1
  ${If} $0 != "0"
    Call BringBack
    MessageBox MB_OK|MB_ICONSTOP "$(DOES_NOT_START)" /SD IDOK
    SetErrorLevel ${DOES_NOT_START_CODE}
    Abort
  ${EndIf}
FunctionEnd

Function Replace
  DetailPrint "$(REPLACING)"
  CreateDirectory "$INSTDIR\${OLD}"
  !insertmacro EACH_OF_OURS SET_ASIDE
  ${If} $Failed = 0
    StrCpy $Placing 1
    !insertmacro EACH_OF_OURS PUT_IN_PLACE
  ${EndIf}
  !insertmacro MOVE "$INSTDIR\${OLD}" "$INSTDIR\${GONE}"  ; from here on the new one stands
  ${If} $Failed = 1
    Call BringBack
    ${If} $Failed = 1
      MessageBox MB_OK|MB_ICONSTOP "$(NOT_BACK)" /SD IDOK
    ${Else}
      MessageBox MB_OK|MB_ICONSTOP "$(NOT_REPLACED)" /SD IDOK
    ${EndIf}
    SetErrorLevel ${NOT_REPLACED_CODE}
    Abort
  ${EndIf}
  StrCpy $Placing 0
  !insertmacro DELETE_ITEM "${NEW}"
  !insertmacro DELETE_ITEM "${GONE}"
FunctionEnd

; --- What Windows is told -------------------------------------------------------------------------------------------

; The shortcut bears the id that the program gives itself: by it the taskbar puts its windows and a pinned icon together
; (System.AppUserModel.ID). Wine cannot keep it; never run on a real Windows.
Function MakeShortcut
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WINDOW}"
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IPersistFile} r0 ""
  ${If} $0 P= 0
    Return
  ${EndIf}
  ${IPersistFile::Load} $0 '("$SMPROGRAMS\${NAME}.lnk", ${STGM_READWRITE})'
  ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}", .r1)'
  ${If} $1 P<> 0
    System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r2'
    System::Call '*(&w${NSIS_MAX_STRLEN} "${APP_ID}")p.r3'
    System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},,p r3)p.r4'
    ${IPropertyStore::SetValue} $1 '($2, $4).r5'
    ${If} $5 = 0
      ${IPropertyStore::Commit} $1 ""
      ${IPersistFile::Save} $0 '("$SMPROGRAMS\${NAME}.lnk", 1)'
    ${EndIf}
    System::Free $4
    System::Free $3
    System::Free $2
    ${IUnknown::Release} $1 ""
  ${EndIf}
  ${IUnknown::Release} $0 ""
FunctionEnd

Function TellWindows
  Call MakeShortcut

  WriteRegStr HKCU "${CLASSES}\${PROGID}" "" "$(ARCHIVE_TOLD)"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\DefaultIcon" "" "$INSTDIR\${WINDOW},0"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
  WriteRegStr HKCU "${CLASSES}\${ENDING}" "" "${PROGID}"
  WriteRegStr HKCU "${CLASSES}\${ENDING}" "Content Type" "${MIME}"
  WriteRegStr HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "${PROGID}" ""
  Call AssociationsChanged

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${WINDOW},0"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${AUTHORS}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KIBIBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
FunctionEnd

!macro ASSOCIATIONS_CHANGED un
Function ${un}AssociationsChanged
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'  ; SHCNE_ASSOCCHANGED
FunctionEnd
!macroend
!insertmacro ASSOCIATIONS_CHANGED ""
!insertmacro ASSOCIATIONS_CHANGED "un."

; What the entry on the stack starts at login → 1 where that lies in $INSTDIR, else 0: other copies keep theirs.
!macro LOGIN un
Function ${un}StartsUs
  Exch $0
  Push $1
  ReadRegStr $0 HKCU "${RUN}" "$0"
  StrCpy $1 $0 1
  ${If} $1 == '"'
    StrCpy $0 $0 "" 1
  ${EndIf}
  StrLen $1 "$INSTDIR\"
  StrCpy $0 $0 $1
  ${If} $0 == "$INSTDIR\"
    StrCpy $0 1
  ${Else}
    StrCpy $0 0
  ${EndIf}
  Pop $1
  Exch $0
FunctionEnd
!macroend
!insertmacro LOGIN ""
!insertmacro LOGIN "un."

!macro FORGET_LOGIN un ENTRY
  Push "${ENTRY}"
  Call ${un}StartsUs
  Pop $0
  ${If} $0 = 1
    DeleteRegValue HKCU "${RUN}" "${ENTRY}"
    DeleteRegValue HKCU "${ALLOWED}" "${ENTRY}"
  ${EndIf}
!macroend

; --- Install --------------------------------------------------------------------------------------------------------

Section "$(PROGRAM_PART)" SecProgram
  SectionIn RO
  AddSize ${KIBIBYTES}
  StrCpy $Failed 0
  StrCpy $Placing 0
  Call CloseRunning
  Call BringBack
  Call Unpack
  Call Try
  Call CloseRunning
  Call Replace
  Call TellWindows
SectionEnd

; The same entry that the switch in the settings of the program writes, which shows it from then on.
Section /o "$(LOGIN_PART)" SecLogin
  StrCpy $1 '"$INSTDIR\${WINDOW}" --home "$LOCALAPPDATA\${NAME}" ${MINIMISED}'
  StrLen $0 $1
  ${If} $0 > ${LONGEST}
    MessageBox MB_OK|MB_ICONINFORMATION "$(TOO_DEEP)" /SD IDOK
    Return
  ${EndIf}
  Push "${LOGIN_ENTRY}"
  Call StartsUs
  Pop $0
  ${If} $0 = 0
    WriteRegStr HKCU "${RUN}" "${LOGIN_ENTRY}" $1
    DeleteRegValue HKCU "${ALLOWED}" "${LOGIN_ENTRY}"
  ${EndIf}
SectionEnd

Section "-not at login"
  ${IfNot} ${SectionIsSelected} ${SecLogin}
    !insertmacro FORGET_LOGIN "" "${LOGIN_ENTRY}"
  ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SecProgram} "$(PROGRAM_TOLD)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SecLogin} "$(LOGIN_TOLD)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

!macro COUNT_ITEM ITEM
  ${If} ${FileExists} "$INSTDIR\${ITEM}"
    IntOp $0 $0 + 1
  ${EndIf}
!macroend

; Of another program, which may have an uninstall.exe as we do, we would replace a part.
Function RefuseForeignFolder
  ReadRegStr $0 HKCU "${UNINSTALL}" "InstallLocation"
  ${If} $0 == $INSTDIR
  ${OrIf} ${FileExists} "$INSTDIR\${WINDOW}"
  ${OrIf} ${FileExists} "$INSTDIR\${OLD}"
    Return
  ${EndIf}
  StrCpy $0 0
  !insertmacro EACH_OF_OURS COUNT_ITEM
  !insertmacro COUNT_ITEM "${GONE}"
  ${If} $0 > 0
    MessageBox MB_OK|MB_ICONSTOP "$(FOREIGN_FOLDER)" /SD IDOK
    Quit
  ${EndIf}
FunctionEnd

Function .onInit
  ${IfNot} ${AtLeastBuild} ${FIRST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
    Quit
  ${EndIf}
  Call RefuseForeignFolder
  Push "${LOGIN_ENTRY}"
  Call StartsUs
  Pop $0
  ${If} $0 = 1
    !insertmacro SelectSection ${SecLogin}
  ${EndIf}
FunctionEnd

Function .onInstFailed
  Call BringBack
FunctionEnd

; --- Uninstall ------------------------------------------------------------------------------------------------------

Function un.RecordsPage
  !insertmacro MUI_HEADER_TEXT "$(RECORDS_HEAD)" "$(RECORDS_SUBHEAD)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 56u "$(RECORDS_WHERE)"
  Pop $0
  ${NSD_CreateRadioButton} 0 64u 100% 12u "$(RECORDS_KEEP)"
  Pop $0
  ${NSD_CreateRadioButton} 0 80u 100% 12u "$(RECORDS_DELETE)"
  Pop $DeleteButton
  ${If} $Records == "delete"
    ${NSD_Check} $DeleteButton
  ${Else}
    ${NSD_Check} $0
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function un.RecordsLeft
  StrCpy $Records ""
  ${NSD_GetState} $DeleteButton $0
  ${If} $0 = ${BST_CHECKED}
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(RECORDS_SURE)" IDYES sure
    Abort
    sure:
    StrCpy $Records "delete"
  ${EndIf}
FunctionEnd

; $1 as it was meant: nsExec takes what a program writes for text of the old code page, CoachDesk writes UTF-8.
Function un.ReadAsUtf8
  Push $2
  Push $3
  System::Call 'kernel32::WideCharToMultiByte(i 0, i 0, w r1, i -1, p 0, i 0, p 0, p 0) i .r2'
  System::Alloc $2
  Pop $3
  System::Call 'kernel32::WideCharToMultiByte(i 0, i 0, w r1, i -1, p r3, i r2, p 0, p 0)'
  System::Call 'kernel32::MultiByteToWideChar(i 65001, i 0, p r3, i -1, w .r1, i ${NSIS_MAX_STRLEN})'
  System::Free $3
  Pop $3
  Pop $2
FunctionEnd

; Put the computer back before anything is removed; a program that does not start is no obstacle where nothing is noted.
Function un.PutBack
  DetailPrint "$(PUTTING_BACK)"
  nsExec::ExecToStack /TIMEOUT=${PATIENCE} '"$INSTDIR\${CONSOLE}" focus undo'
  Pop $0
  Pop $1
  Call un.ReadAsUtf8
  ${If} $0 == "error"
    ${IfNot} ${FileExists} "$LOCALAPPDATA\${NAME}\focus\journal"
    ${AndIfNot} ${FileExists} "$LOCALAPPDATA\${NAME}\focus\journal.spare"
      Return
    ${EndIf}
  ${EndIf}
  ${If} $0 != "0"
    ${If} $1 == ""
      StrCpy $1 "$(CANNOT_ASK)"
    ${EndIf}
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(NOT_PUT_BACK)" /SD IDNO IDYES all_the_same
    SetErrorLevel ${NOT_PUT_BACK_CODE}
    Abort "$(STAYS)"
    all_the_same:
  ${Else}
    DetailPrint "$1"
  ${EndIf}
FunctionEnd

Function un.TellWindows
  Delete "$SMPROGRAMS\${NAME}.lnk"
  !insertmacro FORGET_LOGIN "un." "${LOGIN_ENTRY}"
  !insertmacro FORGET_LOGIN "un." "${FOCUS_ENTRY}"
  DeleteRegKey HKCU "${CLASSES}\${PROGID}"
  DeleteRegValue HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "${PROGID}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ENDING}\OpenWithProgids"
  ReadRegStr $0 HKCU "${CLASSES}\${ENDING}" ""
  ${If} $0 == "${PROGID}"
    DeleteRegValue HKCU "${CLASSES}\${ENDING}" ""
    DeleteRegValue HKCU "${CLASSES}\${ENDING}" "Content Type"
  ${EndIf}
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ENDING}"
  Call un.AssociationsChanged
  DeleteRegKey HKCU "${UNINSTALL}"
FunctionEnd

!macro un.DELETE_ITEM ITEM
  !insertmacro DELETE_WHOLE "un." "$INSTDIR\${ITEM}"
!macroend

!macro DELETE_RECORDS PATTERN
  Delete "$LOCALAPPDATA\${NAME}\${PATTERN}"
!macroend

!macro DELETE_FOLDER_OF_RECORDS FOLDER
  !insertmacro DELETE_WHOLE "un." "$LOCALAPPDATA\${NAME}\${FOLDER}"
!macroend

; Only what CoachDesk makes there goes: a person may keep more in that folder.
Function un.DeleteRecords
  StrCpy $Links "stay"
  !insertmacro EACH_FILE_OF_RECORDS DELETE_RECORDS
  !insertmacro EACH_FOLDER_OF_RECORDS DELETE_FOLDER_OF_RECORDS
  RMDir "$LOCALAPPDATA\${NAME}"
  ${If} ${FileExists} "$LOCALAPPDATA\${NAME}\*.*"
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(RECORDS_LEFT)" /SD IDOK
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.CloseRunning
  Call un.PutBack
  SetOutPath "$TEMP"
  !insertmacro EACH_OF_OURS un.DELETE_ITEM
  !insertmacro un.DELETE_ITEM "${NEW}"
  !insertmacro un.DELETE_ITEM "${OLD}"
  !insertmacro un.DELETE_ITEM "${GONE}"
  RMDir "$INSTDIR"  ; stays where the person keeps something in it
  RMDir "$LOCALAPPDATA\Temp\${NAME}"
  Call un.TellWindows
  ${If} $Records == "delete"
    Call un.DeleteRecords
  ${EndIf}
SectionEnd
