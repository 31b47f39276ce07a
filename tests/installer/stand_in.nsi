; A stand-in for one of CoachDesk's programs on Windows: notes in %STAND_IN_NOTES% how it was called, and ends.
;
; As the one for the window it shows one, which goes when it is asked to, unless %STAND_IN_STAYS% is set. As the one for
; the terminal it answers `focus undo` with a sentence and the code %STAND_IN_UNDO%, all else with %STAND_IN_START%.

Target amd64-unicode
!include "FileFunc.nsh"
!include "LogicLib.nsh"
Name "CoachDesk stand-in"
OutFile "${OUTPUT}"
RequestExecutionLevel user
!if "${KIND}" == "console"
  SilentInstall silent
!endif
Page directory
Page instfiles
Section
SectionEnd

Function Note  ; $0
  ReadEnvStr $1 STAND_IN_NOTES
  FileOpen $1 $1 a
  FileSeek $1 0 END
  FileWriteUTF16LE $1 "$0$\n"
  FileClose $1
FunctionEnd

!if "${KIND}" == "console"
Function Say  ; $0, in UTF-8, to standard output
  System::Call 'kernel32::GetStdHandle(i -11) p .r1'
  System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, w r0, i -1, p 0, i 0, p 0, p 0) i .r2'
  System::Alloc $2
  Pop $3
  System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, w r0, i -1, p r3, i r2, p 0, p 0)'
  IntOp $2 $2 - 1
  System::Call 'kernel32::WriteFile(p r1, p r3, i r2, *i .r4, p 0)'
FunctionEnd
!endif

Function .onInit
  ${GetParameters} $5
  StrCpy $0 "${KIND} ${VERSION} $5"
  Call Note
  !if "${KIND}" == "console"
    ReadEnvStr $6 STAND_IN_START
    ${If} $5 == "focus undo"
      ReadEnvStr $6 STAND_IN_UNDO
      StrCpy $0 "Bring “Mail” back – by hand."
      Call Say
    ${EndIf}
    SetErrorLevel $6
    Quit
  !endif
FunctionEnd

Function .onUserAbort
  ReadEnvStr $0 STAND_IN_STAYS
  ${If} $0 != ""
    Abort
  ${EndIf}
  StrCpy $0 "${KIND} ${VERSION} closed"
  Call Note
FunctionEnd
