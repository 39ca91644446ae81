@echo off
rem SPDX-License-Identifier: MIT
rem Runs Picorn from its source tree on Windows, as the script "picorn" does elsewhere. Builds when nothing is built; to build
rem again after an edit, delete board-stm32f4\cli\target. The Unicorn engine has no library for Windows: say --engine java.
setlocal disabledelayedexpansion
set "home=%~dp0"
set "app=%home%board-stm32f4\cli\target\picorn"
set "log=%home%target\picorn-build.log"
set "classes=%app%\classes.jsa"
rem C2 compiles later than usual: a short run ends before that is worth its time
set "jit=-XX:Tier4InvocationThreshold=30000 -XX:Tier4MinInvocationThreshold=4000 -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=240000"
set "jvm=-XX:+UseSerialGC -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off %jit% -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if not defined JAVA_HOME where java >nul 2>nul || goto nojava
if defined JAVA_HOME if not exist "%java%" goto nojava
if exist "%app%\built" goto run

where mvn >nul 2>nul || goto nomaven
echo picorn: building, once; the first time Maven fetches its libraries 1>&2
if not exist "%home%target" mkdir "%home%target"
call mvn -B -f "%home%pom.xml" -Dmaven.test.skip=true -Dspotless.check.skip=true -pl board-stm32f4/cli -am package >"%log%" 2>&1
if errorlevel 1 goto failed
rem the classes of a short run in the form that a JVM of this version starts from; another one starts without
if exist "%classes%" del "%classes%"
"%java%" %jvm% "-XX:ArchiveClassesAtExit=%classes%" "-Dpicorn.home=%home%." -cp "%app%\lib\*" picorn.cli.Main run hello-net --engine java >>"%log%" 2>&1
type nul >"%app%\built"

:run
"%java%" %jvm% "-XX:SharedArchiveFile=%classes%" "-Dpicorn.home=%home%." -cp "%app%\lib\*" picorn.cli.Main %*
exit /b %errorlevel%

:nojava
echo picorn: Java 17 or newer is needed; install it and set JAVA_HOME 1>&2
exit /b 2

:nomaven
echo picorn: Maven is needed to build; install it and add it to PATH 1>&2
exit /b 2

:failed
echo picorn: the build failed; all of it is in %log% 1>&2
exit /b 2
