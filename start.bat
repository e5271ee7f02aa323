@echo off
rem Start the dashboard on Windows: double-click this file.
rem Options go to the dashboard: start.bat --port 8600
setlocal EnableExtensions DisableDelayedExpansion
pushd "%~dp0" || exit /b 1

set "FOUND="
set "CHECK=import sys; sys.exit(sys.version_info < (3, 11))"
for %%V in (3.13 3.12 3.11 3) do if not defined FOUND py -%%V -c "%CHECK%" >nul 2>nul && set "FOUND=py -%%V"
for %%N in (python3 python) do if not defined FOUND %%N -c "%CHECK%" >nul 2>nul && set "FOUND=%%N"
if not defined FOUND goto missing

%FOUND% "tools\start.py" %*
set "STATUS=%ERRORLEVEL%"
popd
if not "%STATUS%"=="0" pause
exit /b %STATUS%

:missing
echo SixEs Geo: falta Python 3.11 o posterior. Instale Python (www.python.org) y abra este archivo otra vez.
echo SixEs Geo: falta o Python 3.11 ou mais recente. Instale o Python (www.python.org) e abra este arquivo outra vez.
echo SixEs Geo: Python 3.11 or newer is missing. Install Python (www.python.org) and open this file again.
popd
pause
exit /b 1
