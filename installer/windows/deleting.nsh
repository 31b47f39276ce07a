; Deleting all that lies in a folder of ours, and nothing that lies elsewhere.
;
; RMDir with /r goes into folders that are only linked (junctions and symbolic links) and empties them: myDelete in
; Source/exehead/util.c of NSIS looks at FILE_ATTRIBUTE_DIRECTORY alone. Here the link itself goes, and what it leads to
; stays; with $Links = "stay" the link stays too, so that the person sees what is left.

!include "WinCore.nsh"
!define NO_ATTRIBUTES -1

Var Links

!macro DELETING un
Function ${un}DeleteWhole  ; the file or folder on the stack
  Exch $0
  Push $1
  Push $2
  Push $3
  System::Call 'kernel32::GetFileAttributesW(w r0) i .r1'
  IntOp $2 $1 & ${FILE_ATTRIBUTE_DIRECTORY}
  IntOp $3 $1 & ${FILE_ATTRIBUTE_REPARSE_POINT}
  ${If} $1 = ${NO_ATTRIBUTES}
    Nop
  ${ElseIf} $2 = 0
    Delete "$0"
  ${ElseIf} $3 <> 0
    ${If} $Links != "stay"
      System::Call 'kernel32::RemoveDirectoryW(w r0)'
    ${EndIf}
  ${Else}
    FindFirst $1 $2 "$0\*.*"
    ${While} $2 != ""
      ${If} $2 != "."
      ${AndIf} $2 != ".."
        Push "$0\$2"
        Call ${un}DeleteWhole
      ${EndIf}
      FindNext $1 $2
    ${EndWhile}
    FindClose $1
    RMDir "$0"
  ${EndIf}
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd
!macroend

!insertmacro DELETING ""
!insertmacro DELETING "un."

!macro DELETE_WHOLE un PATH
  Push "${PATH}"
  Call ${un}DeleteWhole
!macroend
