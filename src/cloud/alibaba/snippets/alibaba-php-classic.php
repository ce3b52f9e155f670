<?php
// composer require alibabacloud/client:^1.5
require 'vendor/autoload.php';

use AlibabaCloud\Client\AlibabaCloud;

AlibabaCloud::accessKeyClient('LTAIlocaltest000000000000', 'localtestsecret000000000000000')
    ->regionId('cn-hangzhou')
    ->asDefaultClient();

$work = 'a206f5f3-0000-4000-8000-e9b17c835b03';
$answer = AlibabaCloud::rpc()
    ->scheme('http')
    ->host('127.0.0.1:4240')
    ->product('quickbi-public')
    ->version('2022-01-01')
    ->action('CreateTicket')
    ->method('POST')
    ->options(['query' => ['WorksId' => $work, 'TicketNum' => 1, 'ExpireTime' => 240]])
    ->request();
echo "http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm?pageId=$work&accessTicket={$answer['Result']}\n";
