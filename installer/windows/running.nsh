; A running CoachDesk of this folder: found by the programs that run from it, and asked to close as the person would.
;
; Its windows get WM_CLOSE, which is what a click on their X sends; where a session runs, CoachDesk asks first. Nothing
; is ever ended by force. Functions used are documented at learn.microsoft.com under their names.

!define GW_OWNER 4
!define PROCESS_QUERY_LIMITED_INFORMATION 0x1000
!define MOST_PROCESSES 16384
!define MOST_WINDOWS 10000
!define CLOSING_MS 15000
!define LOOK_MS 250

!macro RUNNING un

; The process whose number is on the stack → 1 where its program lies in $INSTDIR, else 0; this one itself counts not.
Function ${un}IsOurs
  Exch $0
  Push $1
  Push $2
  Push $3
  System::Call 'kernel32::GetCurrentProcessId() i .r1'
  ${If} $0 = $1
    StrCpy $0 0
  ${Else}
    StrCpy $2 ""
    System::Call 'kernel32::OpenProcess(i ${PROCESS_QUERY_LIMITED_INFORMATION}, i 0, i r0) p .r1'
    ${If} $1 P<> 0
      System::Call 'kernel32::QueryFullProcessImageNameW(p r1, i 0, w .r2, *i ${NSIS_MAX_STRLEN}) i .r3'
      System::Call 'kernel32::CloseHandle(p r1)'
      ${If} $3 = 0
        StrCpy $2 ""
      ${EndIf}
    ${EndIf}
    StrLen $3 "$INSTDIR\"
    StrCpy $2 $2 $3
    ${If} $2 == "$INSTDIR\"
      StrCpy $0 1
    ${Else}
      StrCpy $0 0
    ${EndIf}
  ${EndIf}
  Pop $3
  Pop $2
  Pop $1
  Exch $0
FunctionEnd

; → how many programs of $INSTDIR run.
Function ${un}CountRunning
  Push $0
  Push $1
  Push $2
  Push $3
  Push $4
  StrCpy $4 0
  IntOp $1 ${MOST_PROCESSES} * 4
  System::Alloc $1
  Pop $0
  System::Call 'kernel32::K32EnumProcesses(p r0, i r1, *i .r2) i .r3'
  ${If} $3 = 0
    StrCpy $2 0
  ${EndIf}
  StrCpy $1 0
  ${While} $1 < $2
    IntPtrOp $3 $0 + $1
    System::Call '*$3(i .r3)'
    Push $3
    Call ${un}IsOurs
    Pop $3
    IntOp $4 $4 + $3
    IntOp $1 $1 + 4
  ${EndWhile}
  System::Free $0
  StrCpy $0 $4
  Pop $4
  Pop $3
  Pop $2
  Pop $1
  Exch $0
FunctionEnd

; Ask every window of theirs to close that has a button in the taskbar.
Function ${un}AskToClose
  Push $0
  Push $1
  Push $2
  Push $3
  System::Call 'user32::AllowSetForegroundWindow(i -1)'
  StrCpy $0 0
  StrCpy $3 0
  ${Do}
    System::Call 'user32::FindWindowExW(p 0, p r0, p 0, p 0) p .r0'
    IntOp $3 $3 + 1
    ${If} $0 P= 0
    ${OrIf} $3 > ${MOST_WINDOWS}
      ${ExitDo}
    ${EndIf}
    System::Call 'user32::IsWindowVisible(p r0) i .r1'
    System::Call 'user32::GetWindow(p r0, i ${GW_OWNER}) p .r2'
    ${If} $1 = 0
    ${OrIf} $2 P<> 0
      ${Continue}
    ${EndIf}
    System::Call 'user32::GetWindowLongW(p r0, i ${GWL_EXSTYLE}) i .r1'
    IntOp $1 $1 & ${WS_EX_TOOLWINDOW}
    ${If} $1 <> 0
      ${Continue}
    ${EndIf}
    System::Call 'user32::GetWindowThreadProcessId(p r0, *i .r1)'
    Push $1
    Call ${un}IsOurs
    Pop $1
    ${If} $1 = 1
      System::Call 'user32::PostMessageW(p r0, i ${WM_CLOSE}, p 0, p 0)'
    ${EndIf}
  ${Loop}
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd

; Return only once nothing of ours runs any more; where the person leaves it open, end here with its exit code.
Function ${un}CloseRunning
  Push $0
  Push $1
  Call ${un}CountRunning
  Pop $0
  ${While} $0 > 0
    DetailPrint "$(CLOSING)"
    Call ${un}AskToClose
    StrCpy $1 0
    ${While} $0 > 0
      ${If} $1 >= ${CLOSING_MS}
        ${Break}
      ${EndIf}
      Sleep ${LOOK_MS}
      IntOp $1 $1 + ${LOOK_MS}
      Call ${un}CountRunning
      Pop $0
    ${EndWhile}
    ${If} $0 > 0
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(STILL_OPEN)" /SD IDCANCEL IDRETRY again
      SetErrorLevel ${STILL_OPEN_CODE}
      Abort "$(STAYED_OPEN)"
      again:
      Call ${un}CountRunning
      Pop $0
    ${EndIf}
  ${EndWhile}
  Pop $1
  Pop $0
FunctionEnd

!macroend

!insertmacro RUNNING ""
!insertmacro RUNNING "un."
