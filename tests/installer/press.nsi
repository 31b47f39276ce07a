; Presses the button named %PRESS_BUTTON%, wherever it is on the screen, as soon as it can be pressed; the code is
; ${USUAL} where Return would have pressed it too, else 0.
;
; No key does this: a window has the keyboard before it listens, and a key that comes too early is lost.

Target amd64-unicode
!include "LogicLib.nsh"
!include "WinMessages.nsh"
OutFile "${OUTPUT}"
RequestExecutionLevel user
SilentInstall silent
Var Name
Var Window
Var Page
Var Button

!macro FindIn Parent  ; $Button, or 0
  FindWindow $Button "Button" $Name ${Parent}
  System::Call 'user32::IsWindowEnabled(p $Button) i .r0'
  ${If} $0 = 0
    StrCpy $Button 0
  ${EndIf}
!macroend

Section
  ReadEnvStr $Name PRESS_BUTTON
  StrCpy $Button 0
  ${DoWhile} $Button = 0
    Sleep 50
    StrCpy $Window 0
    ${DoWhile} $Button = 0
      FindWindow $Window "#32770" "" 0 $Window
      ${If} $Window = 0
        ${Break}
      ${EndIf}
      System::Call 'user32::IsWindowEnabled(p $Window) i .r0'
      ${If} $0 <> 0  ; else a box stands before it
        !insertmacro FindIn $Window
        StrCpy $Page 0
        ${DoWhile} $Button = 0
          FindWindow $Page "#32770" "" $Window $Page
          ${If} $Page = 0
            ${Break}
          ${EndIf}
          !insertmacro FindIn $Page
        ${Loop}
      ${EndIf}
    ${Loop}
  ${Loop}
  SendMessage $Button ${WM_GETDLGCODE} 0 0 $0
  IntOp $0 $0 & 0x10  ; DLGC_DEFPUSHBUTTON
  ${If} $0 <> 0
    SetErrorLevel ${USUAL}
  ${EndIf}
  System::Call 'user32::PostMessageW(p $Button, i ${BM_CLICK}, p 0, p 0)'
SectionEnd
