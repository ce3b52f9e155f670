<?php
// composer require alibabacloud/quickbi-public-20220101:^1.6
require 'vendor/autoload.php';

use AlibabaCloud\SDK\Quickbipublic\V20220101\Models\CreateTicketRequest;
use AlibabaCloud\SDK\Quickbipublic\V20220101\Quickbipublic;
use Darabonba\OpenApi\Models\Config;

$client = new Quickbipublic(new Config([
    'accessKeyId' => 'LTAIlocaltest000000000000',
    'accessKeySecret' => 'localtestsecret000000000000000',
    'endpoint' => '127.0.0.1:4240',
    'protocol' => 'http',
    'regionId' => 'cn-hangzhou',
]));

$work = 'a206f5f3-0000-4000-8000-e9b17c835b03';
$request = new CreateTicketRequest(['worksId' => $work, 'ticketNum' => 1, 'expireTime' => 240]);
$ticket = $client->createTicket($request)->body->result;
echo "http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm?pageId=$work&accessTicket=$ticket\n";
