; Holds the file %HOLD_FILE% open as another program may, until %HOLD_UNTIL% is there.

Target amd64-unicode
!include "LogicLib.nsh"
OutFile "${OUTPUT}"
RequestExecutionLevel user
SilentInstall silent
Section
  ReadEnvStr $0 HOLD_FILE
  ReadEnvStr $1 HOLD_UNTIL
  System::Call 'kernel32::CreateFileW(w r0, i 0x80000000, i 1, p 0, i 3, i 0, p 0)'  ; to read, letting others read
  FileOpen $2 "$1.begun" w
  FileClose $2
  ${DoUntil} ${FileExists} $1
    Sleep 50
  ${Loop}
SectionEnd
